//! The driver through its public face: the proof of the travel document, and the replay of the fuzzing corpus.

mod corpus;
mod passive;
mod state;
