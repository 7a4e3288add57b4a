//! A server that speaks TLS well and HTTP as it is told.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use openssl::ssl::{Ssl, SslAcceptor, SslMethod, SslVerifyMode};
use registry_api::{
    Answers, Attachment, Csv, EntryNumber, FiledAttachment, Interested, Language, Receipt, Resolution,
    SignatureMeans, Silence, Submission, SubmissionKey,
};
use registry_client::{Connection, HttpRegistry};
use testkit::pki::Authorities;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio_openssl::SslStream;

/// What happens once the whole request has been read.
#[derive(Clone)]
pub(crate) enum Behaviour {
    /// These bytes, then the end.
    Say(Vec<u8>),
    /// Nothing at all, for ever.
    Silence,
    /// These bytes, then nothing for ever.
    SayThenSilence(Vec<u8>),
    /// These bytes again and again, until nobody reads.
    Flood(Vec<u8>, Vec<u8>),
    /// The connection ends before the request is read.
    HangUp,
}

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    _stop: Arc<StopOnDrop>,
}

struct StopOnDrop(Notify);

/// Made once: keys take a second.
pub(crate) fn authorities() -> &'static Authorities {
    static MADE: OnceLock<Authorities> = OnceLock::new();
    // TLS judges by the machine's clock, so the certificates must be of now.
    #[allow(clippy::disallowed_methods)]
    MADE.get_or_init(|| Authorities::generate(jiff::Timestamp::now()).unwrap())
}

impl Server {
    pub(crate) async fn start(behaviour: Behaviour) -> Self {
        Self::start_as(behaviour, authorities()).await
    }

    pub(crate) async fn start_as(behaviour: Behaviour, who: &Authorities) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let acceptor = acceptor(who);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(StopOnDrop(Notify::new()));
        let (seen, stopped) = (Arc::clone(&requests), Arc::clone(&stop));
        tokio::spawn(async move {
            let serve = async {
                loop {
                    let (stream, _) = listener.accept().await.unwrap();
                    let (acceptor, behaviour, seen) =
                        (acceptor.clone(), behaviour.clone(), Arc::clone(&seen));
                    tokio::spawn(async move {
                        // A client that gives up is what these tests are about.
                        let _ = converse(stream, &acceptor, behaviour, &seen).await;
                    });
                }
            };
            tokio::select! { () = serve => {}, () = stopped.0.notified() => {} }
        });
        Self { address, requests, _stop: stop }
    }

    /// First line and headers of each request read to its end.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn client(&self) -> HttpRegistry {
        client(&format!("https://127.0.0.1:{}", self.address.port()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self._stop.0.notify_one();
    }
}

pub(crate) fn client(address: &str) -> HttpRegistry {
    client_as(address, authorities(), authorities())
}

pub(crate) fn client_as(address: &str, trusts: &Authorities, kiosk: &Authorities) -> HttpRegistry {
    HttpRegistry::new(&Connection {
        address,
        authority_pem: &trusts.tls_ca().x509().to_pem().unwrap(),
        certificate_pem: &kiosk.kiosk().certificate_pem().unwrap(),
        key_pem: &kiosk.kiosk().key_pem().unwrap(),
        connect_timeout: Duration::from_secs(10),
        timeout: Duration::from_secs(20),
    })
    .unwrap()
}

/// For servers that stay silent: what is waited for is the timeout itself.
pub(crate) fn hasty(server: &Server) -> HttpRegistry {
    let who = authorities();
    HttpRegistry::new(&Connection {
        address: &format!("https://127.0.0.1:{}", server.address.port()),
        authority_pem: &who.tls_ca().x509().to_pem().unwrap(),
        certificate_pem: &who.kiosk().certificate_pem().unwrap(),
        key_pem: &who.kiosk().key_pem().unwrap(),
        connect_timeout: Duration::from_secs(10),
        timeout: Duration::from_secs(4),
    })
    .unwrap()
}

fn acceptor(who: &Authorities) -> SslAcceptor {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server()).unwrap();
    builder.set_certificate(who.registry().certificate.x509()).unwrap();
    builder.set_private_key(&who.registry().key).unwrap();
    builder.cert_store_mut().add_cert(authorities().tls_ca().x509().clone()).unwrap();
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.build()
}

async fn converse(
    stream: TcpStream,
    acceptor: &SslAcceptor,
    behaviour: Behaviour,
    seen: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut stream = SslStream::new(Ssl::new(acceptor.context())?, stream)?;
    Pin::new(&mut stream).accept().await.map_err(std::io::Error::other)?;
    if matches!(behaviour, Behaviour::HangUp) {
        return Ok(());
    }
    let head = read_request(&mut stream).await?;
    seen.lock().unwrap().push(head);
    match behaviour {
        Behaviour::HangUp => {}
        Behaviour::Say(bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await?;
        }
        Behaviour::Silence => std::future::pending().await,
        Behaviour::SayThenSilence(bytes) => {
            stream.write_all(&bytes).await?;
            stream.flush().await?;
            std::future::pending().await
        }
        Behaviour::Flood(head, piece) => {
            stream.write_all(&head).await?;
            loop {
                stream.write_all(&piece).await?;
            }
        }
    }
    Ok(())
}

async fn read_request(stream: &mut SslStream<TcpStream>) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    let mut chunk = [0_u8; 4096];
    loop {
        let count = stream.read(&mut chunk).await?;
        if count == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&chunk[..count]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map_or(0, |(_, value)| value.trim().parse::<usize>().unwrap());
        if body.len() >= length {
            return Ok(head.to_owned());
        }
    }
}

/// An answer with its length.
pub(crate) fn http(status: &str, media_type: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes =
        format!("HTTP/1.1 {status}\r\ncontent-type: {media_type}\r\ncontent-length: {}\r\n\r\n", body.len())
            .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

pub(crate) fn submission() -> Submission {
    let content = registry_api::Content::from(b"%PDF-1.7 rebut".to_vec());
    Submission {
        key: SubmissionKey::new("2026-03-12T17:05:31Z".parse().unwrap(), [1; 10]),
        procedure: "instancia-general".to_owned(),
        procedure_version: 1,
        language: Language::CaValencia,
        handed_in_at: "2026-03-12T17:05:30Z".parse().unwrap(),
        application: b"%PDF-1.7 sol".to_vec().into(),
        attachments: vec![Attachment {
            name: "rebut.pdf".to_owned(),
            mime: "application/pdf".to_owned(),
            sha256: content.sha256(),
            content,
            document: "ALTRES".to_owned(),
        }],
        answers: Answers::from([("solicita".to_owned(), "Que arregleu el fanal".to_owned())]),
        unsigned: None,
        cures: None,
        assisted: None,
    }
}

pub(crate) fn receipt() -> Receipt {
    let submission = submission();
    Receipt {
        key: submission.key,
        number: EntryNumber::new(2026, 1).unwrap(),
        registered_at: "2026-03-12T17:05:32Z".parse().unwrap(),
        presented_at: "2026-03-12T17:05:32Z".parse().unwrap(),
        effective_on: "2026-03-12".parse().unwrap(),
        office: "Oficina".to_owned(),
        unit: "Secretaria".to_owned(),
        procedure: submission.procedure.clone(),
        procedure_version: 1,
        language: submission.language,
        interested: Interested { name: "Amparo Martí Soler".to_owned(), nif: "99999002Q".to_owned() },
        signed_with: SignatureMeans::Dnie,
        application_sha256: submission.application.sha256(),
        attachments: vec![FiledAttachment {
            name: submission.attachments[0].name.clone(),
            size: submission.attachments[0].content.len(),
            sha256: submission.attachments[0].sha256.clone(),
        }],
        assisted_by: None,
        to_be_signed: None,
        cures: None,
        resolution: Resolution { months: 3, silence: Silence::Positive, due: None },
        csv: Csv::from_random([7; 16]),
        document: b"%PDF-1.7 segellat".to_vec().into(),
    }
}
