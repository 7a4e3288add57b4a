//! The bridge to vpcd, the virtual reader that pcscd loads: it listens, the card connects.
//!
//! Messages both ways are `length (2 bytes, big-endian) | body`. A body of one byte is a control (`00` off, `01`
//! on, `02` reset, `04` ATR), of which only the last is answered; any other body is a command. The ATR request
//! doubles as presence poll and changes nothing. An open connection is a card in the reader.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::os::linux::net::TcpStreamExt as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle, Thread};
use std::time::Duration;

use crate::card::{Reply, VirtualCard};
use crate::error::Error;
use crate::faults::Counts;
use crate::line::{self, LineRate};

/// Where vpcd listens for its first slot, as Debian configures it.
pub const DEFAULT_ADDRESS: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 35963);
/// Where vpcd listens for its second slot: another card may be there at the same time.
pub const SECOND_SLOT: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 35964);

/// Between two attempts to connect.
const RETRY: Duration = Duration::from_millis(100);
/// Attempts before the absence of a reader is an error: ten seconds, pcscd being a service started on demand.
const ATTEMPTS: u32 = 100;

/// A card in the virtual reader, answered for by a thread. Dropping it takes the card out.
pub struct Served {
    place: Place,
    thread: JoinHandle<VirtualCard>,
}

/// The card's place in the reader: to drop it is to leave.
struct Place {
    shared: Arc<Shared>,
    thread: Thread,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.shared.leave();
        // It may be waiting, for a reader or for a slow line.
        self.thread.unpark();
    }
}

#[derive(Default)]
struct Shared {
    leaving: AtomicBool,
    powered: AtomicBool,
    gone: AtomicBool,
    counts: Mutex<Counts>,
    stream: Mutex<Option<TcpStream>>,
}

/// Puts the card into the reader, on a line that takes no time; see [`serve_at`].
///
/// # Errors
/// As [`serve_at`].
pub fn serve(card: VirtualCard, vpcd: SocketAddr) -> Result<Served, Error> {
    serve_at(card, vpcd, LineRate::INSTANT)
}

/// Puts the card into the reader: connects, waiting up to ten seconds for vpcd to listen, and answers from then on,
/// each exchange as slowly as the line says.
///
/// When pcscd stops, the card stays where it is: it connects again as soon as the reader is back, reset.
///
/// # Errors
/// [`Error::NoReader`] when nothing listens, [`Error::Thread`] when no thread can be had.
pub fn serve_at(card: VirtualCard, vpcd: SocketAddr, rate: LineRate) -> Result<Served, Error> {
    let stream = first_connection(vpcd)?;
    let shared = Arc::new(Shared::default());
    shared.hold(&stream).map_err(Error::Thread)?;
    *shared.counts() = card.counts();
    let of_thread = Arc::clone(&shared);
    let thread = thread::Builder::new()
        .name("virtual-card".to_owned())
        .spawn(move || live(card, stream, vpcd, rate, &of_thread))
        .map_err(Error::Thread)?;
    Ok(Served { place: Place { shared, thread: thread.thread().clone() }, thread })
}

impl Served {
    /// Takes the card out of the reader and gives it back, its PIN counter and counts as they are.
    #[must_use]
    pub fn remove(self) -> VirtualCard {
        drop(self.place);
        match self.thread.join() {
            Ok(card) => card,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }

    /// What has been exchanged so far, including before it was served.
    #[must_use]
    pub fn counts(&self) -> Counts {
        *self.place.shared.counts()
    }

    /// Whether the reader feeds the card now: pcscd powers it down when nobody uses it.
    #[must_use]
    pub fn is_powered(&self) -> bool {
        self.place.shared.powered.load(Ordering::Acquire)
    }

    /// Whether a planned fault has taken the card out.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.place.shared.gone.load(Ordering::Acquire)
    }
}

impl Shared {
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stream(&self) -> MutexGuard<'_, Option<TcpStream>> {
        self.stream.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a second handle, by which another thread can interrupt a read.
    fn hold(&self, stream: &TcpStream) -> io::Result<()> {
        *self.stream() = Some(stream.try_clone()?);
        Ok(())
    }

    fn leave(&self) {
        self.leaving.store(true, Ordering::Release);
        if let Some(stream) = self.stream().take() {
            // It fails only when the other side closed first, which is as good.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Acquire)
    }
}

fn first_connection(vpcd: SocketAddr) -> Result<TcpStream, Error> {
    let mut attempts = 0;
    loop {
        match TcpStream::connect(vpcd) {
            Ok(stream) => return Ok(stream),
            Err(source) if attempts >= ATTEMPTS => return Err(Error::NoReader { address: vpcd, source }),
            Err(_) => attempts += 1,
        }
        // Nothing announces that a port is open, so there is only asking again.
        thread::park_timeout(RETRY);
    }
}

/// The thread: serves until the card leaves, connecting again whenever the reader went away by itself.
fn live(
    mut card: VirtualCard,
    stream: TcpStream,
    vpcd: SocketAddr,
    rate: LineRate,
    shared: &Shared,
) -> VirtualCard {
    let mut wait = |time| line::wait(time, || shared.is_leaving());
    let mut connection = Some(stream);
    while !shared.is_leaving() {
        let Some(stream) = connection.take() else {
            thread::park_timeout(RETRY);
            connection = TcpStream::connect(vpcd).ok().filter(|stream| shared.hold(stream).is_ok());
            continue;
        };
        // A small answer must not wait for the next one to fill a segment.
        let ended = stream
            .set_nodelay(true)
            .and_then(|()| converse(&mut card, &mut Prompt(stream), shared, rate, &mut wait));
        shared.powered.store(false, Ordering::Release);
        *shared.counts() = card.counts();
        if matches!(ended, Ok(End::CardLeft)) {
            shared.gone.store(true, Ordering::Release);
            break;
        }
    }
    shared.stream().take();
    card.reset();
    card
}

/// Why a conversation ended.
enum End {
    ReaderLeft,
    CardLeft,
}

/// Talks until one side leaves; `wait` is given the time that each exchange takes on the line.
fn converse(
    card: &mut VirtualCard,
    stream: &mut (impl Read + Write),
    shared: &Shared,
    rate: LineRate,
    wait: &mut impl FnMut(Duration),
) -> io::Result<End> {
    while let Some(message) = Message::read(stream)? {
        match message {
            Message::PowerOff => {
                card.reset();
                shared.powered.store(false, Ordering::Release);
            }
            Message::PowerOn | Message::Reset => {
                card.reset();
                shared.powered.store(true, Ordering::Release);
            }
            Message::Atr => write(stream, card.atr())?,
            Message::Command(command) => {
                let reply = card.exchange(&command);
                *shared.counts() = card.counts();
                match reply {
                    Reply::Bytes(answer) => {
                        wait(card.delay().saturating_add(rate.time_of(command.len() + answer.len())));
                        // Taken out meanwhile: what was on the line did not arrive.
                        if shared.is_leaving() {
                            return Ok(End::ReaderLeft);
                        }
                        write(stream, &answer)?;
                    }
                    Reply::Silence => {}
                    Reply::Gone => return Ok(End::CardLeft),
                }
            }
            Message::Unknown => {}
        }
    }
    Ok(End::ReaderLeft)
}

/// A connection that acknowledges at once: vpcd writes length and body apart, and its system keeps back the second
/// until the first is acknowledged, which would cost 40 ms per exchange.
struct Prompt(TcpStream);

impl Read for Prompt {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // The system forgets this after a while, so it is said before every read.
        self.0.set_quickack(true)?;
        self.0.read(buffer)
    }
}

impl Write for Prompt {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// What vpcd says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Message {
    PowerOff,
    PowerOn,
    Reset,
    Atr,
    Command(Vec<u8>),
    /// No control of the protocol, and no answer to it.
    Unknown,
}

impl Message {
    /// Reads the next message of the stream; `None` when it ends between two.
    fn read(stream: &mut impl Read) -> io::Result<Option<Self>> {
        let mut length = [0; 2];
        match stream.read_exact(&mut length) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error),
        }
        // At most 65535 bytes, by the width of the length.
        let mut body = vec![0; usize::from(u16::from_be_bytes(length))];
        stream.read_exact(&mut body)?;
        Ok(Some(match body.as_slice() {
            [0x00] => Self::PowerOff,
            [0x01] => Self::PowerOn,
            [0x02] => Self::Reset,
            [0x04] => Self::Atr,
            [] | [_] => Self::Unknown,
            _ => Self::Command(body),
        }))
    }
}

/// Length and body in one write, so that they leave together.
fn write(stream: &mut impl Write, body: &[u8]) -> io::Result<()> {
    let length = u16::try_from(body.len()).map_err(io::Error::other)?;
    let mut message = length.to_be_bytes().to_vec();
    message.extend_from_slice(body);
    stream.write_all(&message)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn several_messages_in_one_segment_are_told_apart() {
        let mut stream: &[u8] = &[0, 1, 1, 0, 1, 4, 0, 5, 0, 0xA4, 4, 0, 0, 0, 1, 9, 0, 1, 0];
        let mut read = || Message::read(&mut stream).unwrap();
        assert_eq!(read(), Some(Message::PowerOn));
        assert_eq!(read(), Some(Message::Atr));
        assert_eq!(read(), Some(Message::Command(vec![0, 0xA4, 4, 0, 0])));
        assert_eq!(read(), Some(Message::Unknown));
        assert_eq!(read(), Some(Message::PowerOff));
        assert_eq!(read(), None);
    }

    proptest! {
        #[test]
        fn any_stream_ends(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut stream = bytes.as_slice();
            while let Ok(Some(_)) = Message::read(&mut stream) {}
        }
    }
}
