//! Looks for what should not be kept: a person's data after the session has ended.

use std::fs;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// Bytes of a page of memory.
const PAGE: u64 = 4096;
/// Entries of the page map that are read at once.
const ENTRIES: usize = 64 * 1024;

/// Files below a directory that hold one of the words, as UTF-8.
///
/// # Errors
/// When a directory cannot be read.
pub fn in_files(directory: &Path, words: &[&str]) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![directory.to_owned()];
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(&directory).with_context(|| directory.display().to_string())? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                waiting.push(entry.path());
            } else if kind.is_file() && holds(&fs::read(entry.path())?, words) {
                found.push(entry.path());
            }
        }
    }
    Ok(found)
}

/// Whether a process has a text somewhere in its writable memory, as UTF-8 or UTF-16.
///
/// # Errors
/// When its memory cannot be read, as happens to who is neither root nor its parent.
pub fn in_memory(process: u32, text: &str) -> anyhow::Result<bool> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Ok(!bytes_in_memory(process, &[text.as_bytes(), &wide])?.is_empty())
}

/// Where in its writable memory a process has which of some byte strings: their numbers, and the names of the mappings.
///
/// # Errors
/// As [`in_memory`].
pub fn bytes_in_memory(process: u32, wanted: &[&[u8]]) -> anyhow::Result<Vec<(usize, String)>> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).context("the map of the memory")?;
    let memory = fs::File::open(format!("/proc/{process}/mem")).context("the memory")?;
    let pages = fs::File::open(format!("/proc/{process}/pagemap")).context("the pages of the memory")?;
    let mut found = Vec::new();
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let (Some(range), Some(rights)) = (parts.next(), parts.next()) else { continue };
        if !rights.starts_with("rw") {
            continue;
        }
        let Some((start, end)) = range.split_once('-') else { continue };
        let range = (u64::from_str_radix(start, 16)?, u64::from_str_radix(end, 16)?);
        for (start, end) in used(&pages, range) {
            let mut piece = vec![0; usize::try_from(end - start)?];
            // What cannot be read holds nothing.
            if memory.read_exact_at(&mut piece, start).is_err() {
                continue;
            }
            for (number, bytes) in wanted.iter().enumerate() {
                if contains(&piece, bytes) {
                    found.push((number, line.split_whitespace().nth(5).unwrap_or("anonymous").to_owned()));
                }
            }
        }
    }
    Ok(found)
}

/// Runs of a range that are really in memory: web views reserve gigabytes that nobody ever touches.
fn used(pages: &fs::File, (start, end): (u64, u64)) -> Vec<(u64, u64)> {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    let mut at = start;
    let mut entries = vec![0; ENTRIES * 8];
    while at < end {
        let count = usize::try_from((end - at) / PAGE).unwrap_or(ENTRIES).min(ENTRIES);
        let Some(part) = entries.get_mut(..count * 8) else { break };
        if count == 0 || pages.read_exact_at(part, at / PAGE * 8).is_err() {
            break;
        }
        let (entries, _) = part.as_chunks::<8>();
        for entry in entries {
            // The two highest bits: in memory, in swap.
            if u64::from_le_bytes(*entry) >> 62 != 0 {
                match runs.last_mut() {
                    Some((_, until)) if *until == at => *until = at + PAGE,
                    _ => runs.push((at, at + PAGE)),
                }
            }
            at += PAGE;
        }
    }
    runs
}

fn holds(bytes: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| contains(bytes, word.as_bytes()))
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    memchr::memmem::find(bytes, text).is_some()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_wherever_it_stands() {
        assert!(contains(b"aab", b"ab"));
        assert!(contains(b"ab", b"ab"));
        assert!(!contains(b"aba", b"abb"));
    }

    #[test]
    fn our_own_memory_holds_what_we_hold() {
        let text = format!("{}-{}", "seven sleepy", std::process::id());
        assert!(in_memory(std::process::id(), &text).unwrap());
    }
}
