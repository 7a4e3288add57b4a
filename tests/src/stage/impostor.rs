//! Something at the registry's address that is not a registry: a proxy, a page of somebody's, a wrong machine.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};

use anyhow::Context as _;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod};

/// What it says to everything.
const PAGE: &str = "<html><body>It works!</body></html>";

/// Answers nonsense under the registry's own certificate until dropped.
#[derive(Debug)]
pub struct Impostor {
    port: u16,
    leaving: Arc<AtomicBool>,
    answered: Arc<AtomicUsize>,
    thread: Option<JoinHandle<()>>,
}

impl Impostor {
    /// Takes the place of a registry that has been stopped.
    pub(super) fn start(pki: &Path, port: u16) -> anyhow::Result<Self> {
        let mut acceptor = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
        acceptor.set_certificate_chain_file(pki.join("registry.pem"))?;
        acceptor.set_private_key_file(pki.join("registry.key"), SslFiletype::PEM)?;
        let acceptor = acceptor.build();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).context("the registry's port")?;
        let (leaving, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (of_thread, count) = (Arc::clone(&leaving), Arc::clone(&answered));
        let thread = thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if of_thread.load(Ordering::Acquire) {
                    break;
                }
                if answer(&acceptor, stream).is_ok() {
                    count.fetch_add(1, Ordering::AcqRel);
                }
            }
        });
        Ok(Self { port, leaving, answered, thread: Some(thread) })
    }

    /// How many requests it has answered.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.answered.load(Ordering::Acquire)
    }
}

impl Drop for Impostor {
    fn drop(&mut self) {
        self.leaving.store(true, Ordering::Release);
        // Wakes the thread from waiting for somebody to come.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(acceptor: &SslAcceptor, stream: TcpStream) -> anyhow::Result<()> {
    let mut stream = acceptor.accept(stream)?;
    let mut request = Vec::new();
    let mut piece = [0; 16 * 1024];
    // The whole request is read, so that the kiosk hears the answer and not a closed door.
    while !is_whole(&request) {
        match stream.read(&mut piece)? {
            0 => break,
            read => request.extend(piece.iter().take(read)),
        }
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        PAGE.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(PAGE.as_bytes())?;
    let _ = stream.shutdown();
    Ok(())
}

fn is_whole(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(request.get(..end).unwrap_or_default()).to_lowercase();
    let length =
        head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    request.len() >= end + 4 + length.unwrap_or_default()
}
