//! A small catalogue of one form, written in the test that needs it.

use procedures::{Answers, Catalogue, Error, Form, Sources, Today};

pub const TODAY: Today = Today(jiff::civil::Date::constant(2026, 11, 20));

/// The bundled catalogue with one procedure only: the general application, with another form and, before it, other keys.
pub fn read(keys: &str, form: &str) -> Result<Catalogue, Error> {
    read_with_blocks(keys, form, Sources::bundled().blocks)
}

pub fn read_with_blocks(keys: &str, form: &str, blocks: &[(&str, &str)]) -> Result<Catalogue, Error> {
    let bundled = Sources::bundled();
    let (_, text) = bundled.procedures.iter().find(|(file, _)| *file == "instancia-general.toml").unwrap();
    let head = text.split("[[form]]").next().unwrap();
    let (own, tables) = head.split_once("\n[").unwrap();
    let tables = tables.replace(": {request}", "");
    let tables = tables.split("[registry]").next().unwrap();
    let own = own.replace("documents = [\"DOC-LLIURE\"]", "");
    let own = if keys.contains("version = ") { own.replace("version = 1\n", "") } else { own };
    // A fee of one's own takes the place of the one there.
    let own = if keys.contains("fee = {") { own.replacen("fee = \"none\"\n", "", 1) } else { own };
    let small = format!("{own}\n{keys}\n[{tables}\n{form}");
    let small =
        if keys.contains("documents") { small } else { small.replacen('\n', "\ndocuments = []\n", 1) };
    let procedures = [("instancia-general.toml", small.as_str())];
    Catalogue::read(&Sources { procedures: &procedures, blocks, ..bundled })
}

/// One page with these fields; each is `id kind, key = value, …`.
pub fn page(fields: &[&str]) -> String {
    let mut text =
        "[[form]]\n[form.page]\nid = \"page\"\nheading = { va = \"A\", es = \"B\", en = \"C\" }\n".to_owned();
    for field in fields {
        let (head, keys) = field.split_once(',').unwrap_or((field, ""));
        let (id, kind) = head.split_once(' ').unwrap();
        text.push_str(&format!(
            "[[form.page.fields]]\nid = \"{id}\"\nkind = \"{kind}\"\nlabel = {{ va = \"A\", es = \"B\", en = \"C\" }}\n{}\n",
            keys.replace(';', "\n")
        ));
    }
    text
}

/// A form of one page.
pub fn form(fields: &[&str]) -> Form {
    let catalogue = read("", &page(fields)).unwrap_or_else(|error| panic!("{error}"));
    Form::clone(&catalogue.procedures().next().unwrap().form)
}

pub fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(id, answer)| ((*id).to_owned(), (*answer).to_owned())).collect()
}

pub fn codes(form: &Form, answers: &Answers) -> Vec<(String, &'static str)> {
    form.validate(answers, &TODAY).into_iter().map(|fault| (fault.field, fault.code)).collect()
}

/// Complete right answers, drawn many times.
pub fn draws(form: &Form) -> Vec<Answers> {
    drawn(form, 24)
}

/// The same so many times.
pub fn drawn(form: &Form, times: u64) -> Vec<Answers> {
    (0..times)
        .map(|seed| procedures::citizen::answers(form, &procedures::citizen::KNOWN, &TODAY, seed).unwrap())
        .collect()
}
