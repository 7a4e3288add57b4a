//! A thin client of the W3C WebDriver protocol, as far as journeys need it: plain HTTP to this machine.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use serde_json::{Value, json};

/// The longest that one answer may take; starting a session starts a program.
const LONGEST: Duration = Duration::from_secs(60);
/// The key under which the protocol names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An open window with its program.
#[derive(Debug)]
pub struct Session {
    port: u16,
    id: String,
}

/// An element of the page, as long as it stays in the page.
#[derive(Debug, Clone)]
pub struct Element(String);

impl Session {
    /// Starts a program under a driver that listens on a port of this machine.
    ///
    /// # Errors
    /// When the driver refuses, or the program shows no window.
    pub fn start(port: u16, program: &Path, arguments: &[&str]) -> anyhow::Result<Self> {
        let options = json!({ "binary": program, "args": arguments });
        let body = json!({ "capabilities": { "alwaysMatch": {
            "webkitgtk:browserOptions": options,
            "timeouts": { "script": 30_000, "pageLoad": 30_000, "implicit": 0 },
        } } });
        let value = call(port, "POST", "/session", Some(&body)).context("the window did not open")?;
        let id = value.get("sessionId").and_then(Value::as_str).context("the driver gave no session")?;
        Ok(Self { port, id: id.to_owned() })
    }

    /// Closes the window and ends the program.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub fn close(&self) -> anyhow::Result<()> {
        self.call("DELETE", "", None).map(drop)
    }

    /// Runs a script in the page and gives what it returns.
    ///
    /// # Errors
    /// When the page is gone or the script throws.
    pub fn run(&self, script: &str, arguments: &[Value]) -> anyhow::Result<Value> {
        self.call("POST", "/execute/sync", Some(&json!({ "script": script, "args": arguments })))
    }

    /// Runs a script that gives its result to the function that is its last argument.
    ///
    /// # Errors
    /// When the page is gone, the script throws, or gives nothing in time.
    pub fn run_later(&self, script: &str, arguments: &[Value]) -> anyhow::Result<Value> {
        self.call("POST", "/execute/async", Some(&json!({ "script": script, "args": arguments })))
    }

    /// The first element that a CSS selector finds.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn find(&self, selector: &str) -> anyhow::Result<Option<Element>> {
        Ok(self.find_all(selector)?.into_iter().next())
    }

    /// All elements that a CSS selector finds.
    ///
    /// # Errors
    /// When the page is gone.
    pub fn find_all(&self, selector: &str) -> anyhow::Result<Vec<Element>> {
        let query = json!({ "using": "css selector", "value": selector });
        let found = self.call("POST", "/elements", Some(&query))?;
        let elements = found.as_array().context("no list of elements")?.iter();
        let ids = elements.map(|element| element.get(ELEMENT).and_then(Value::as_str).map(str::to_owned));
        ids.map(|id| id.map(Element).context("an element without a name")).collect()
    }

    /// Presses an element with the pointer.
    ///
    /// # Errors
    /// When it is not there any more, or something covers it.
    pub fn click(&self, element: &Element) -> anyhow::Result<()> {
        self.call("POST", &format!("/element/{}/click", element.0), Some(&json!({}))).map(drop)
    }

    /// Moves the content so that an element is in the middle of its view, as a finger drags it.
    ///
    /// # Errors
    /// When it is not there any more.
    pub fn bring_into_view(&self, element: &Element) -> anyhow::Result<()> {
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' });";
        self.run(script, &[json!({ ELEMENT: element.0 })]).map(drop)
    }

    /// Types on the physical keyboard into an element.
    ///
    /// # Errors
    /// When it is not there any more or takes no keys.
    pub fn send_keys(&self, element: &Element, text: &str) -> anyhow::Result<()> {
        let body = json!({ "text": text });
        self.call("POST", &format!("/element/{}/value", element.0), Some(&body)).map(drop)
    }

    /// The visible text of an element.
    ///
    /// # Errors
    /// When it is not there any more.
    pub fn text(&self, element: &Element) -> anyhow::Result<String> {
        let text = self.call("GET", &format!("/element/{}/text", element.0), None)?;
        text.as_str().map(str::to_owned).context("no text")
    }

    /// An attribute of an element.
    ///
    /// # Errors
    /// When it is not there any more.
    pub fn attribute(&self, element: &Element, name: &str) -> anyhow::Result<Option<String>> {
        let value = self.call("GET", &format!("/element/{}/attribute/{name}", element.0), None)?;
        Ok(value.as_str().map(str::to_owned))
    }

    fn call(&self, method: &str, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        call(self.port, method, &format!("/session/{}{path}", self.id), body)
    }
}

/// Whether a driver answers on a port.
#[must_use]
pub fn is_ready(port: u16) -> bool {
    call(port, "GET", "/status", None).is_ok()
}

fn call(port: u16, method: &str, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).context("the driver does not listen")?;
    stream.set_read_timeout(Some(LONGEST))?;
    stream.set_nodelay(true)?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Content-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes())?;
    let mut answer = Answer::default();
    let mut piece = [0_u8; 16 * 1024];
    while !answer.is_whole() {
        match stream.read(&mut piece)? {
            0 => break,
            read => answer.bytes.extend(piece.iter().take(read)),
        }
    }
    answer.value()
}

/// What has come of an answer so far.
#[derive(Default)]
struct Answer {
    bytes: Vec<u8>,
}

impl Answer {
    fn parts(&self) -> Option<(String, &[u8])> {
        let end = self.bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let (head, body) = self.bytes.split_at_checked(end + 4)?;
        Some((String::from_utf8_lossy(head).into_owned(), body))
    }

    fn is_whole(&self) -> bool {
        self.parts().is_some_and(|(head, body)| {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
            });
            length.is_some_and(|length| body.len() >= length)
        })
    }

    fn value(&self) -> anyhow::Result<Value> {
        let (_, body) = self.parts().context("the driver broke off")?;
        let answer: Value = serde_json::from_slice(body).context("the driver's answer is not JSON")?;
        let value = answer.get("value").cloned().unwrap_or(Value::Null);
        match value.get("error").and_then(Value::as_str) {
            None => Ok(value),
            Some(error) => {
                let message = value.get("message").and_then(Value::as_str).unwrap_or_default();
                Err(anyhow!("{error}: {message}"))
            }
        }
    }
}

/// A port of this machine that nobody listens on now.
///
/// # Errors
/// When there is none.
pub fn free_port() -> anyhow::Result<u16> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    if port == 0 {
        bail!("no free port");
    }
    Ok(port)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_whole_when_all_its_bytes_are_there() {
        let mut answer = Answer::default();
        answer.bytes.extend(b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"value\":");
        assert!(!answer.is_whole());
        answer.bytes.extend(b"12}");
        assert!(answer.is_whole());
        assert_eq!(answer.value().unwrap(), json!(12));
    }

    #[test]
    fn an_error_is_an_error() {
        let bytes =
            b"HTTP/1.1 404 x\r\n\r\n{\"value\":{\"error\":\"no such element\",\"message\":\"m\"}}".to_vec();
        assert_eq!(Answer { bytes }.value().unwrap_err().to_string(), "no such element: m");
    }
}
