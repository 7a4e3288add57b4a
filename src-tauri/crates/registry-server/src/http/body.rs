//! Bodies of requests: read up to a limit, and what is beyond it passed by.

use std::io;
use std::pin::Pin;

use axum::body::{Body, Bytes, HttpBody as _};
use registry_api::Content;
use registry_api::limits::MAX_SUBMISSION_BODY_BYTES;

use crate::package::Spool;

/// Bytes let past without being kept, so that whoever sends too much still hears why. Whoever sends more than that
/// is cut off.
const MOST_PASSED_BY: usize = 4 * MAX_SUBMISSION_BODY_BYTES;

/// Why there is no body.
pub(super) enum Fault {
    /// It is larger than allowed; this is what is left of it.
    TooLarge(Body),
    /// It broke off.
    Broken,
}

/// Why no body has been set down.
pub(super) enum NotSetDown {
    There(Fault),
    /// There is no room here; this is what is left of it.
    Here(Body, io::Error),
}

/// The whole body, of so many bytes at most.
pub(super) async fn read(mut body: Body, most: usize) -> Result<Bytes, Fault> {
    let promised = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if promised > most {
        return Err(Fault::TooLarge(body));
    }
    let mut read = Vec::with_capacity(promised);
    while let Some(chunk) = next(&mut body).await {
        let chunk = chunk.ok_or(Fault::Broken)?;
        if read.len().saturating_add(chunk.len()) > most {
            return Err(Fault::TooLarge(body));
        }
        read.extend_from_slice(&chunk);
    }
    Ok(read.into())
}

/// The whole body, of so many bytes at most, set down as it comes.
pub(super) async fn set_down(mut body: Body, most: usize, spool: &Spool) -> Result<Content, NotSetDown> {
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    if body.size_hint().lower() > most {
        return Err(NotSetDown::There(Fault::TooLarge(body)));
    }
    let mut arriving = spool.arriving();
    while let Some(piece) = next(&mut body).await {
        let piece = piece.ok_or(NotSetDown::There(Fault::Broken))?;
        if arriving.len().saturating_add(piece.len() as u64) > most {
            return Err(NotSetDown::There(Fault::TooLarge(body)));
        }
        if let Err(error) = arriving.add(&piece).await {
            return Err(NotSetDown::Here(body, error));
        }
    }
    match arriving.finish().await {
        Ok((content, _)) => Ok(content),
        Err(error) => Err(NotSetDown::Here(body, error)),
    }
}

/// Lets the rest of a body go by.
pub(super) async fn pass_by(mut body: Body) {
    let mut left = MOST_PASSED_BY;
    while let Some(Some(chunk)) = next(&mut body).await {
        let Some(rest) = left.checked_sub(chunk.len()) else { return };
        left = rest;
    }
}

/// The next piece; `Some(None)` when the body broke off. Trailers are empty pieces.
async fn next(body: &mut Body) -> Option<Option<Bytes>> {
    let frame = std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await?;
    Some(frame.ok().map(|frame| frame.into_data().unwrap_or_default()))
}
