//! A fault in the catalogue is met when it is read, and told with file, line, column and reason.

use procedures::{Catalogue, Error, ErrorKind, Sources, decode, limits};

use crate::small::{page, read, read_with_blocks};

const FILE: &str = "padro-canvi-domicili.toml";

/// Reads the bundled catalogue with one procedure changed.
fn with_change(from: &str, to: &str) -> Error {
    let bundled = Sources::bundled();
    let (_, text) = bundled.procedures.iter().find(|(file, _)| *file == FILE).unwrap();
    assert!(text.contains(from), "{from}");
    let changed = text.replacen(from, to, 1);
    let procedures = [(FILE, changed.as_str())];
    let error = Catalogue::read(&Sources { procedures: &procedures, ..bundled }).unwrap_err();
    assert_eq!(error.file, FILE, "{error}");
    // The place is that of what was changed, or of the table around it.
    let line = changed.lines().nth(error.line - 1).unwrap();
    assert!(error.column <= line.chars().count() + 1, "{error}");
    error
}

fn kind_and_reason(from: &str, to: &str) -> (ErrorKind, String) {
    let error = with_change(from, to);
    (error.kind, error.reason)
}

#[test]
fn a_reference_to_nothing_is_refused_where_it_stands() {
    for (from, to, reason) in [
        ("category = \"padro\"", "category = \"nothing\"", "no category is called `nothing`"),
        ("objects = [\"residencia\"]", "objects = [\"nothing\"]", "no object is called `nothing`"),
        ("unit = \"padro\"", "unit = \"nothing\"", "no unit is called `nothing`"),
        ("\"FULL-PADRO\"", "\"NOTHING\"", "no document is called `NOTHING`"),
        ("block = \"contact\"", "block = \"nothing\"", "no block is called `nothing`"),
        ("{new-street}", "{nothing}", "no field is called `nothing`"),
        (
            "document = \"CUSTODIA\"",
            "document = \"RENDA\"",
            "no document of this procedure is called `RENDA`",
        ),
        ("\"need-dnie\"", "\"need-nothing\"", "no text is called `need-nothing` in texts.toml"),
        ("\"truth\"", "\"nothing\"", "no text is called `declare-nothing` in texts.toml"),
        ("law = \"lbrl\"", "law = \"nothing\"", "no text is called `law-nothing` in texts.toml"),
        (
            "data_protection = \"padro\"",
            "data_protection = \"x\"",
            "no activity is called `x` in data-protection.toml",
        ),
    ] {
        assert_eq!(kind_and_reason(from, to), (ErrorKind::Unknown, reason.to_owned()));
    }
    let error = with_change("unit = \"padro\"", "unit = \"nothing\"");
    assert_eq!((error.line, error.column), (12, 8), "{error}");
    assert!(error.to_string().starts_with("padro-canvi-domicili.toml:12:8: "));
}

#[test]
fn a_condition_that_cannot_be_followed_is_told_inside_its_quotes() {
    let circle = "`dwelling-title`, which is asked later";
    for (to, reason, column) in [
        ("visible_if = \"dwelling-title = 'owner'\"", circle, 15),
        ("visible_if = \"nothing = 'x'\"", "no field is called `nothing`", 15),
        ("visible_if = \"movers = 'with-nobody'\"", "never answered 'with-nobody'", 24),
        ("visible_if = \"movers in ('alone', 'x')\"", "never answered 'x'", 35),
        ("visible_if = \"movers\"", "must be true or false", 15),
        ("visible_if = \"movers > 3\"", "cannot be compared", 24),
        ("visible_if = \"movers = \"", "expected here", 24),
        ("visible_if = \"today > 2026-01-01\"", "today is known to checks only", 15),
    ] {
        let error = with_change("visible_if = \"movers = 'with-others'\"", to);
        assert_eq!(error.kind, ErrorKind::Expression, "{error}");
        assert!(error.reason.contains(reason), "{error}");
        assert_eq!(error.column, column, "{error}");
    }
}

#[test]
fn circles_of_conditions_and_formulas_cannot_be_written() {
    let both = page(&["a yes-no,visible_if = \"b = 'yes'\"", "b text,"]);
    let error = read("", &both).unwrap_err();
    assert!(error.reason.contains("goes in a circle"), "{error}");
    let itself = page(&["a computed,formula = \"a + 1\""]);
    assert!(read("", &itself).unwrap_err().reason.contains("goes in a circle"));
    let pair = page(&["a computed,formula = \"b + 1\"", "b computed,formula = \"a + 1\""]);
    assert!(read("", &pair).unwrap_err().reason.contains("goes in a circle"));
}

#[test]
fn nothing_is_divided_by_what_may_be_zero_and_nothing_grows_without_limit() {
    let divide = |by: &str, keys: &str| {
        let text = page(&[&format!("by number,{keys}"), &format!("q computed,formula = \"10 / {by}\"")]);
        read("", &text).map(|_| ()).map_err(|error| error.reason)
    };
    assert!(divide("by", "max = 9").unwrap_err().contains("may be 0"));
    assert!(divide("0", "max = 9").unwrap_err().contains("may be 0"));
    assert!(divide("(by - 3)", "min = 1;max = 9").unwrap_err().contains("may be 0"));
    assert_eq!(divide("by", "min = 1;max = 9"), Ok(()));
    assert_eq!(divide("(by + 1)", "max = 9"), Ok(()));
    let huge = page(&["a number,", "q computed,formula = \"a * a\""]);
    assert!(read("", &huge).unwrap_err().reason.contains("too great"));
}

#[test]
fn what_is_unknown_is_refused_by_name() {
    for (field, part) in [
        ("a regex,", "unknown variant `regex`"),
        ("a text,pattern = \"(a+)+$\"", "unknown field `pattern`"),
        ("a text,script = \"x\"", "unknown field `script`"),
        ("a nif,accepts = [\"cif\"]", "no thing to accept is called `cif`"),
        ("a date,earliest = \"tomorrow\"", "a limit is written"),
        ("a number,min = \"molts\"", "not a number"),
    ] {
        let error = read("", &page(&[field])).unwrap_err();
        assert!(error.reason.contains(part), "{error}");
        assert!(error.line > 1, "{error}");
    }
    let (kind, reason) = kind_and_reason("version = 1", "version = 1\nversoin = 2");
    assert!(kind == ErrorKind::Syntax && reason.contains("versoin"), "{reason}");
}

#[test]
fn a_text_missing_in_one_language_is_refused() {
    let (kind, reason) = kind_and_reason("en = \"Change of address within the town\"", "");
    assert!(kind == ErrorKind::Syntax && reason.contains("missing field `en`"), "{reason}");
    let (kind, reason) = kind_and_reason("en = \"Change of address within the town\"", "en = \" \"");
    assert!(kind == ErrorKind::Rule && reason.contains("is empty in en"), "{reason}");
    let (_, reason) =
        kind_and_reason("va = \"Canvi de domicili dins del municipi\"", "va = \"Canvi d'adreça\"");
    assert!(reason.contains("typewriter apostrophe"), "{reason}");
}

#[test]
fn two_things_of_one_name_are_refused() {
    let (kind, reason) = kind_and_reason("id = \"people-count\"", "id = \"people-names\"");
    assert_eq!((kind, reason.as_str()), (ErrorKind::Duplicate, "there are two fields called `people-names`"));
    let (kind, reason) = kind_and_reason("id = \"minors\"", "id = \"people\"");
    assert_eq!((kind, reason.as_str()), (ErrorKind::Duplicate, "there are two pages called `people`"));
}

#[test]
fn rules_of_the_catalogue_are_kept() {
    for (from, to) in [
        ("id = \"padro-canvi-domicili\"", "id = \"another\""),
        ("version = 1", "version = 0"),
        ("minutes = 15", "minutes = 0"),
        ("max = 15", "max = 0"),
        ("max_chars = 1500", "max_chars = 5000"),
        ("kind = \"number\"", "kind = \"text\""),
        ("document = \"CUSTODIA\"\n", ""),
        ("id = \"movers\"\nkind = \"choice\"", "id = \"movers\"\nkind = \"text\""),
        ("id = \"people-count\"\n", "id = \"people-count\"\neditable = false\n"),
        ("id = \"people-count\"\n", "id = \"people-count\"\nearliest = \"today\"\n"),
        ("id = \"people\"\n", "id = \"The People\"\n"),
        ("dirección nueva. Puede incluir", &format!("dirección {} Puede incluir", "a".repeat(300))),
        (
            "block = \"contact\"",
            "block = \"contact\"\npage = { id = \"x\", heading = { va = \"A\", es = \"B\", en = \"C\" }, fields = [] }",
        ),
        ("{ code = \"DNI\", required = \"consulted\" }", "{ code = \"DNI\", required = \"perhaps\" }"),
        ("{ code = \"DNI\", required = \"consulted\" }", "{ code = \"DNI\", required = \"conditional\" }"),
    ] {
        assert_eq!(with_change(from, to).kind, ErrorKind::Rule, "{to}");
    }
}

#[test]
fn groups_have_limits_and_do_not_nest() {
    let group = |keys: &str, inner: &str| {
        format!(
            "[[form]]\n[form.group]\nid = \"g\"\n{keys}\nheading = {{ va = \"A\", es = \"B\", en = \"C\" }}\nlabel = {{ va = \"A\", es = \"B\", en = \"C\" }}\nitem = {{ va = \"A {{n}}\", es = \"B {{n}}\", en = \"C {{n}}\" }}\n{inner}"
        )
    };
    let pages = page(&["a text,"])
        .replace("[[form]]", "[[form.group.form]]")
        .replace("form.page", "form.group.form.page");
    assert!(read("", &group("max = 3", &pages)).is_ok(), "{:?}", read("", &group("max = 3", &pages)));
    assert!(read("", &group("max = 21", &pages)).unwrap_err().reason.contains("at most 20 items"));
    assert!(read("", &group("max = 3\nmin = 4", &pages)).unwrap_err().reason.contains("at most 20 items"));
    let after = format!("{}{}", group("max = 3", &pages), page(&["b text,visible_if = \"a = 'x'\""]));
    assert!(read("", &after).unwrap_err().reason.contains("no field is called `a`"));
    let direct = format!("{}{}", group("max = 3", &pages), page(&["b text,visible_if = \"g.a = 'x'\""]));
    assert!(read("", &direct).unwrap_err().reason.contains("asked of each item"));
    let over = format!("{}{}", group("max = 3", &pages), page(&["b text,visible_if = \"some(g.a = 'x')\""]));
    assert!(read("", &over).is_ok());
}

#[test]
fn a_broken_file_is_refused_and_the_rest_stays() {
    let bundled = Sources::bundled();
    let mut procedures = bundled.procedures.to_vec();
    let good = procedures.len();
    procedures.push(("x.toml", "id = "));
    procedures.push(("y.toml", "id = \"y\"\n"));
    let loaded = Catalogue::load(&Sources { procedures: &procedures, ..bundled }).unwrap();
    assert_eq!(loaded.catalogue.procedures().count(), good);
    let files: Vec<_> = loaded.refused.iter().map(|error| (error.file.as_str(), error.line)).collect();
    assert_eq!(files.iter().map(|(file, _)| *file).collect::<Vec<_>>(), ["x.toml", "y.toml"]);
    assert!(Catalogue::read(&Sources { procedures: &procedures, ..bundled }).is_err());

    // A broken block takes with it those who ask it, and no others.
    let blocks: Vec<_> = bundled
        .blocks
        .iter()
        .map(
            |(file, text)| {
                if *file == "household.toml" { (*file, "[[pages]]\nx = 1") } else { (*file, *text) }
            },
        )
        .collect();
    let loaded = Catalogue::load(&Sources { blocks: &blocks, ..bundled }).unwrap();
    assert_eq!(loaded.refused[0].file, "household.toml");
    assert!(
        loaded.catalogue.get("padro-alta").is_none() && loaded.catalogue.get("instancia-general").is_some()
    );
    let error = read_with_blocks("", "[[form]]\nblock = \"household\"\n", &blocks).unwrap_err();
    assert_eq!(error.file, "household.toml");
}

#[test]
fn a_missing_file_is_named() {
    let bundled = Sources::bundled();
    let shared: Vec<_> = bundled.shared.iter().copied().filter(|(file, _)| *file != "units.toml").collect();
    let error = Catalogue::load(&Sources { shared: &shared, ..bundled }).unwrap_err();
    assert_eq!((error.file.as_str(), error.code()), ("units.toml", "catalogue.missing"));
}

#[test]
fn what_is_too_large_or_not_text_is_refused_before_it_is_parsed() {
    let bundled = Sources::bundled();
    let long = "#".repeat(limits::FILE_BYTES + 1);
    let procedures = [("x.toml", long.as_str())];
    let error = Catalogue::load(&Sources { procedures: &procedures, ..bundled }).unwrap_err();
    assert_eq!((error.file.as_str(), error.code()), ("x.toml", "catalogue.too-large"));

    // Fifty megabytes in files that are each small enough.
    let piece = "#".repeat(500 * 1024);
    let names: Vec<String> = (0..100).map(|n| format!("p{n}.toml")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), piece.as_str())).collect();
    let error = Catalogue::load(&Sources { procedures: &many, ..bundled }).unwrap_err();
    assert_eq!(error.code(), "catalogue.too-large");

    let error = decode("x.toml", b"id = \"a\"\nname = \"\xE0\"").unwrap_err();
    assert_eq!((error.code(), error.line, error.column), ("catalogue.encoding", 2, 9));
    assert_eq!(decode("x.toml", "à".as_bytes()), Ok("à"));
    assert!(decode("x.toml", long.as_bytes()).is_err());
}

#[test]
fn a_form_of_a_thousand_pages_is_refused() {
    let text: String = (0..1000)
        .map(|n| page(&[&format!("f{n} text,")]).replace("id = \"page\"", &format!("id = \"page-{n}\"")))
        .collect();
    assert!(read("", &text).unwrap_err().reason.contains("too many pages"));
}

#[test]
fn what_would_exhaust_whoever_reads_it_is_refused_where_it_stands() {
    let deep = format!("{}b = 'yes'{}", "(".repeat(500), ")".repeat(500));
    let long = vec!["b = 'yes'"; 900].join(" or ");
    for (condition, reason) in [(deep, "nested too deeply"), (long, "longer than")] {
        let error =
            read("", &page(&["b yes-no,", &format!("c text,visible_if = \"{condition}\"")])).unwrap_err();
        assert_eq!((error.kind, error.file.as_str()), (ErrorKind::Expression, "instancia-general.toml"));
        assert!(error.reason.contains(reason) && error.line > 1 && error.column > 1, "{error}");
    }
    // Brackets and tables within one another: whoever reads TOML stops by itself, and does not say where.
    for keys in [
        format!("notice = {}{}", "[".repeat(5000), "]".repeat(5000)),
        format!("notice.{}x = 1", "a.".repeat(5000)),
    ] {
        let error = read(&keys, "").unwrap_err();
        assert_eq!(
            (error.kind, error.file.as_str()),
            (ErrorKind::Syntax, "instancia-general.toml"),
            "{error}"
        );
        assert!(!error.reason.is_empty());
    }
    let no_number = read("minutes_more = 99999999999999999999999", "").unwrap_err();
    assert!(no_number.kind == ErrorKind::Syntax && no_number.line > 1, "{no_number}");
    let huge = read("", &page(&["a number,max = 99999999999999999999"])).unwrap_err();
    assert!(huge.line > 1 && huge.file == "instancia-general.toml", "{huge}");
}
