//! What can go wrong besides the file.

/// A fault of the program or of the pipe, never of the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The streams between the processes broke.
    #[error("the stream broke")]
    Stream(#[from] std::io::Error),
    /// What came is no request or no answer.
    #[error("not a message of this program")]
    Message(#[from] postcard::Error),
    /// More than any message is long.
    #[error("the message is too long")]
    TooLong,
    /// The PDF of a photograph could not be made.
    #[error(transparent)]
    Document(#[from] documents::Error),
    /// The time of the request cannot be read.
    #[error("the time cannot be read")]
    Time(#[from] jiff::Error),
}

impl Error {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Stream(_) => "attachment.stream",
            Self::Message(_) => "attachment.message",
            Self::TooLong => "attachment.too-long",
            Self::Document(error) => error.code(),
            Self::Time(_) => "attachment.time",
        }
    }
}
