//! The program, driven by lines, with a stand-in for vpcd.

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::bridge::{Reader, accept};
use crate::issue::{CAN, issued};

struct Program {
    child: Child,
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_virtual-card"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, input, lines }
    }

    fn say(&mut self, line: &str) {
        writeln!(self.input, "{line}").unwrap();
    }

    fn hear(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }

    fn ends_well(mut self) -> bool {
        self.say("quit");
        self.child.wait().unwrap().success()
    }
}

fn persona(folder: &Path) -> String {
    let path = folder.join("persona.toml");
    issued().v3.save(&path).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn lines_put_the_card_in_and_out_and_tell_what_it_counted() {
    let folder = tempfile::tempdir().unwrap();
    let faults = folder.path().join("faults.toml");
    std::fs::write(&faults, "wrong_status = { at = 2, status = '6F00' }").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let persona = persona(folder.path());
    let mut program = Program::start(&[
        "--persona",
        &persona,
        "--vpcd",
        &address,
        "--faults",
        faults.to_str().unwrap(),
        "--byte-us",
        "1",
        "--exchange-us",
        "1",
    ]);
    program.say("insert");
    assert_eq!(program.hear(), "inserted");
    let mut reader = accept(&listener);
    reader.say(&[1]);
    assert_eq!(reader.ask("00 A4 04 00 0B 4D61737465722E46696C65").unwrap(), "611B");
    assert_eq!(reader.ask("00 C0 00 00 1B").unwrap(), "6F00");
    program.say("counts");
    assert_eq!(program.hear(), "exchanges=2 received=21 sent=4 resets=1");
    program.say("remove");
    assert_eq!(program.hear(), "removed");
    program.say("counts");
    assert_eq!(program.hear(), "exchanges=2 received=21 sent=4 resets=2");
    assert!(program.ends_well());
}

#[test]
fn keys_are_told_when_a_channel_opens() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let persona = persona(folder.path());
    let mut program = Program::start(&[
        "--persona",
        &persona,
        "--vpcd",
        &address,
        "--contactless",
        "--atr-form",
        "2",
        "--inserted",
        "--tell-keys",
    ]);
    assert_eq!(program.hear(), "inserted");
    let reader: Reader = accept(&listener);
    let mut terminal = crate::terminal::Terminal::over(reader);
    assert_eq!(terminal.pace(2, CAN.as_bytes()), 0x9000);
    for _ in 0..2 {
        let line = program.hear();
        let key = line.strip_prefix("key ").unwrap();
        assert_eq!(hex::decode(key).unwrap().len(), 16);
    }
    assert!(program.ends_well());
}

#[test]
fn what_it_cannot_do_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("absent.toml");
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_virtual-card")).args(arguments).output().unwrap()
    };
    let unknown = run(&["--slot", "3"]);
    assert_eq!(unknown.status.code(), Some(2));
    let absent = run(&["--persona", missing.to_str().unwrap()]);
    assert_eq!(absent.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&absent.stderr).starts_with("persona.file"));
    assert!(run(&["--help"]).status.success());
}
