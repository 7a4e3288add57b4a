//! From text to an expression.

use jiff::civil::Date;

use super::{Arithmetic, Compare, Expr, Fold, Function, Node, Read, Wrong};
use crate::Decimal;

/// Longest expression, in bytes.
const MAX_BYTES: usize = 2000;
/// Deepest nesting, so that neither reading nor evaluating can exhaust the stack.
const MAX_DEPTH: usize = 24;

/// Reads an expression.
///
/// # Errors
/// [`Wrong`] with the offset of what was not understood.
pub(crate) fn parse(text: &str) -> Result<Expr, Wrong> {
    if text.len() > MAX_BYTES {
        return Err(Wrong { at: 0, reason: format!("is longer than {MAX_BYTES} bytes") });
    }
    let mut parser = Parser { text, at: 0, depth: 0 };
    let expr = parser.any()?;
    match parser.peek() {
        None => Ok(expr),
        Some(_) => Err(parser.wrong("something is left over here")),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn wrong(&self, reason: impl Into<String>) -> Wrong {
        Wrong { at: self.at, reason: reason.into() }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn peek(&mut self) -> Option<char> {
        self.skip();
        self.rest().chars().next()
    }

    fn take(&mut self, mark: &str) -> bool {
        self.skip();
        let found = self.rest().starts_with(mark);
        if found {
            self.at += mark.len();
        }
        found
    }

    fn need(&mut self, mark: &str) -> Result<(), Wrong> {
        if self.take(mark) { Ok(()) } else { Err(self.wrong(format!("`{mark}` is expected here"))) }
    }

    /// A name as it stands here, without taking it.
    fn name(&mut self) -> Option<&'a str> {
        self.skip();
        let rest = self.rest();
        if !rest.starts_with(|c: char| c.is_ascii_lowercase()) {
            return None;
        }
        let end = rest
            .find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.')))
            .unwrap_or(rest.len());
        rest.get(..end)
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self.name() == Some(word);
        if found {
            self.at += word.len();
        }
        found
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Wrong>) -> Result<T, Wrong> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.wrong("is nested too deeply"));
        }
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn any(&mut self) -> Result<Expr, Wrong> {
        self.deeper(|p| p.series("or", Self::all, Node::Any))
    }

    fn all(&mut self) -> Result<Expr, Wrong> {
        self.series("and", Self::not, Node::All)
    }

    fn series(
        &mut self,
        word: &str,
        one: fn(&mut Self) -> Result<Expr, Wrong>,
        node: fn(Vec<Expr>) -> Node,
    ) -> Result<Expr, Wrong> {
        let first = one(self)?;
        let at = first.at;
        let mut all = vec![first];
        while self.word(word) {
            all.push(one(self)?);
        }
        match (all.len(), all.pop()) {
            (1, Some(only)) => Ok(only),
            (_, last) => Ok(Expr { at, node: node(all.into_iter().chain(last).collect()) }),
        }
    }

    fn not(&mut self) -> Result<Expr, Wrong> {
        self.skip();
        let at = self.at;
        if self.word("not") {
            let inner = self.deeper(Self::not)?;
            return Ok(Expr { at, node: Node::Not(Box::new(inner)) });
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Expr, Wrong> {
        let left = self.sum()?;
        let at = left.at;
        if self.word("in") {
            self.need("(")?;
            let mut all = vec![self.sum()?];
            while self.take(",") {
                all.push(self.sum()?);
            }
            self.need(")")?;
            return Ok(Expr { at, node: Node::In(Box::new(left), all) });
        }
        let marks = [
            ("!=", Compare::Different),
            ("<=", Compare::AtMost),
            (">=", Compare::AtLeast),
            ("=", Compare::Equal),
            ("<", Compare::Less),
            (">", Compare::Greater),
        ];
        for (mark, compare) in marks {
            if self.take(mark) {
                let right = self.sum()?;
                return Ok(Expr { at, node: Node::Compare(compare, Box::new(left), Box::new(right)) });
            }
        }
        Ok(left)
    }

    fn sum(&mut self) -> Result<Expr, Wrong> {
        let marks = [("+", Arithmetic::Plus), ("-", Arithmetic::Minus)];
        self.chain(&marks, Self::product)
    }

    fn product(&mut self) -> Result<Expr, Wrong> {
        let marks = [("*", Arithmetic::Times), ("/", Arithmetic::Over)];
        self.chain(&marks, Self::value)
    }

    /// Operators of one rank, from the left. Their number adds to the depth, because each nests the one before.
    fn chain(
        &mut self,
        marks: &[(&str, Arithmetic)],
        one: fn(&mut Self) -> Result<Expr, Wrong>,
    ) -> Result<Expr, Wrong> {
        let mut left = one(self)?;
        let mut length = 0;
        while let Some((_, operator)) = marks.iter().find(|(mark, _)| self.take(mark)) {
            length += 1;
            if length > MAX_DEPTH {
                return Err(self.wrong("has too many terms"));
            }
            let right = one(self)?;
            left = Expr { at: left.at, node: Node::Arithmetic(*operator, Box::new(left), Box::new(right)) };
        }
        Ok(left)
    }

    fn value(&mut self) -> Result<Expr, Wrong> {
        let next = self.peek();
        let at = self.at;
        match next {
            Some('(') => {
                self.need("(")?;
                let inner = self.any()?;
                self.need(")")?;
                Ok(inner)
            }
            Some('\'') => self.text_literal(at),
            Some(c) if c.is_ascii_digit() => self.number(at),
            _ => match self.name() {
                Some(name @ ("and" | "or" | "not" | "in")) => {
                    Err(self.wrong(format!("a value is expected before `{name}`")))
                }
                Some(name) => {
                    self.at += name.len();
                    self.named(at, name)
                }
                None => Err(self.wrong("a field, a number or a text between ' is expected here")),
            },
        }
    }

    fn text_literal(&mut self, at: usize) -> Result<Expr, Wrong> {
        self.need("'")?;
        let rest = self.rest();
        let end = rest.find('\'').ok_or_else(|| self.wrong("a ' is not closed"))?;
        let text = rest.get(..end).unwrap_or_default().to_owned();
        self.at += end + 1;
        Ok(Expr { at, node: Node::Text(text) })
    }

    fn number(&mut self, at: usize) -> Result<Expr, Wrong> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').unwrap_or(rest.len());
        let figures = rest.get(..end).unwrap_or_default();
        // A day is written as in the registers, 2026-03-01; a number has no hyphen.
        if figures.contains('-') {
            let day: Date = figures.parse().map_err(|_| self.wrong("a day is written 2026-12-31"))?;
            self.at += end;
            return Ok(Expr { at, node: Node::Day(day) });
        }
        let number = Decimal::parse(figures)
            .ok_or_else(|| self.wrong("a number has at most six decimal places, after a dot"))?;
        self.at += end;
        Ok(Expr { at, node: Node::Number(number) })
    }

    fn named(&mut self, at: usize, name: &str) -> Result<Expr, Wrong> {
        if name == "today" {
            return Ok(Expr { at, node: Node::Today });
        }
        if !self.take("(") {
            return Ok(Expr { at, node: Node::Field { id: name.to_owned(), read: Read::Unknown } });
        }
        if let Some(fold) = Fold::ALL.into_iter().find(|fold| fold.name() == name) {
            let each = Box::new(self.any()?);
            self.need(")")?;
            return Ok(Expr { at, node: Node::Over { fold, group: String::new(), each } });
        }
        let function = Function::ALL
            .into_iter()
            .find(|function| function.name() == name)
            .ok_or_else(|| Wrong { at, reason: format!("no function is called `{name}`") })?;
        let mut arguments = vec![self.any()?];
        while self.take(",") {
            arguments.push(self.any()?);
        }
        self.need(")")?;
        Ok(Expr { at, node: Node::Call(function, arguments) })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_told_where_it_is() {
        for (text, at) in [
            ("", 0),
            ("a =", 3),
            ("a = 'x", 5),
            ("a = 'x' b", 8),
            ("a and or b", 6),
            ("frobnicate(a)", 0),
            ("a in ('x'", 9),
            ("1.2.3", 0),
            ("2026-13-01", 0),
            ("A = 1", 0),
        ] {
            assert_eq!(parse(text).unwrap_err().at, at, "{text}");
        }
    }

    #[test]
    fn what_is_deep_or_long_is_refused_before_it_is_followed() {
        for text in [
            format!("{}1{}", "(".repeat(900), ")".repeat(900)),
            format!("{}a", "not ".repeat(400)),
            format!("1{}", "+1".repeat(900)),
            "a".repeat(3000),
        ] {
            assert!(parse(&text).is_err());
        }
    }

    #[test]
    fn times_binds_before_plus_and_and_before_or() {
        let sum = parse("1 + 2 * 3").unwrap().node;
        assert!(
            matches!(sum, Node::Arithmetic(Arithmetic::Plus, _, right) if matches!(right.node, Node::Arithmetic(Arithmetic::Times, ..)))
        );
        assert!(matches!(parse("a = 1 or b = 2 and c = 3").unwrap().node, Node::Any(all) if all.len() == 2));
        assert!(matches!(parse("a-b").unwrap().node, Node::Field { id, .. } if id == "a-b"));
        assert!(matches!(parse("a - b").unwrap().node, Node::Arithmetic(Arithmetic::Minus, ..)));
    }
}
