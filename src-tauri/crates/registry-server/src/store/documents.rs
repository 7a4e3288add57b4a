//! What was handed in, kept by its hash outside of the database: in a folder, or in a bucket of a service that speaks S3.
//!
//! A document is there, and on the disk, before the entry that names it is written. One that is there without an entry is of
//! a filing that came to nothing, and harms nobody.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use futures_util::{Stream, TryStreamExt as _, stream};
use jiff::{SignedDuration, Timestamp};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::{ClientOptions, GetResult, ObjectStore, ObjectStoreExt as _, RetryConfig, WriteMultipart};
use registry_api::{Content, Sha256Hex};
use sha2::{Digest as _, Sha256};

use crate::Error;
use crate::package::Spool;

/// Longest wait for a connection to a service, and for what it is asked.
const CONNECT: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(30);

/// Age of a part of a content from which on nobody is writing it any more.
const ABANDONED: SignedDuration = SignedDuration::from_hours(1);

/// Parts of a copy that may be under way at the same time.
const PARTS: usize = 2;
/// Size of each in a bucket, bytes: S3 takes none that is smaller, but for the last.
const PART: usize = 5 * 1024 * 1024;
/// Longest content that is kept or copied in one piece, bytes, and what is read at a time of longer ones.
const AT_ONCE: usize = 1024 * 1024;

/// Where documents are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeping {
    /// A folder, made if it is not there. Servers that share a database share it.
    Folder(PathBuf),
    /// A bucket.
    Bucket(Bucket),
}

/// A bucket of a service that speaks S3.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// What the names of all objects begin with, if others share the bucket.
    pub prefix: Option<String>,
    /// Address of the service; absent, Amazon's of the region.
    pub endpoint: Option<String>,
    /// Region; services other than Amazon's often take any.
    pub region: String,
    /// Identifier of the access key.
    pub access_key_id: String,
    /// The access key's secret.
    pub secret_access_key: String,
}

/// Whoever logs it learns which bucket, and not how to open it.
impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bucket")
            .field("name", &self.name)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A document of an entry.
    Document,
    /// A package that was refused, until the staff have dealt with it.
    Refused,
    /// A package that waits for another registry's number.
    Waiting,
}

impl Kind {
    /// `documents/3f/3fd1…`: folders of a size that every file system likes.
    fn name(self, sha256: &Sha256Hex) -> Name {
        let hash = sha256.as_str();
        Name::from_iter([self.folder(), hash.get(..2).unwrap_or_default(), hash])
    }

    const fn folder(self) -> &'static str {
        match self {
            Self::Document => "documents",
            Self::Refused => "refused",
            Self::Waiting => "waiting",
        }
    }
}

/// Contents by their hash. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Documents {
    objects: Arc<dyn ObjectStore>,
    prefix: Option<Name>,
    /// Where contents are set down that are on their way.
    spool: Spool,
    /// The folder, unless it is a bucket.
    folder: Option<PathBuf>,
}

impl Documents {
    pub(crate) fn open(keeping: &Keeping) -> Result<Self, Error> {
        match keeping {
            Keeping::Folder(folder) => {
                use std::os::unix::fs::DirBuilderExt as _;
                std::fs::DirBuilder::new()
                    .recursive(true)
                    .mode(0o700)
                    .create(folder)
                    .map_err(|source| Error::File { path: folder.clone(), source })?;
                let objects = LocalFileSystem::new_with_prefix(folder).map_err(Error::Documents)?;
                let spool = Spool::of(folder.clone());
                let (objects, folder) = (Arc::new(objects.with_fsync(true)), Some(folder.clone()));
                Ok(Self { objects, prefix: None, spool, folder })
            }
            Keeping::Bucket(bucket) => {
                let endpoint = bucket.endpoint.as_deref();
                // A kiosk waits meanwhile, and asks again by itself. Without TLS only to this very machine, which the
                // configuration sees to.
                let options = ClientOptions::new()
                    .with_connect_timeout(CONNECT)
                    .with_timeout(LONGEST)
                    .with_allow_http(endpoint.is_some_and(|endpoint| endpoint.starts_with("http://")));
                let retry = RetryConfig { max_retries: 2, retry_timeout: LONGEST, ..RetryConfig::default() };
                let mut builder = AmazonS3Builder::new()
                    .with_client_options(options)
                    .with_retry(retry)
                    .with_bucket_name(&bucket.name)
                    .with_region(&bucket.region)
                    .with_access_key_id(&bucket.access_key_id)
                    .with_secret_access_key(&bucket.secret_access_key);
                if let Some(endpoint) = endpoint {
                    builder = builder.with_endpoint(endpoint);
                }
                let objects = builder.build().map_err(Error::Documents)?;
                let prefix = bucket.prefix.as_deref().map(Name::from);
                let spool = Spool::of(std::env::temp_dir());
                Ok(Self { objects: Arc::new(objects), prefix, spool, folder: None })
            }
        }
    }

    /// Where contents are set down that are on their way.
    pub(crate) const fn spool(&self) -> &Spool {
        &self.spool
    }

    fn name(&self, kind: Kind, sha256: &Sha256Hex) -> Name {
        let name = kind.name(sha256);
        match &self.prefix {
            None => name,
            Some(prefix) => Name::from_iter(prefix.parts().chain(name.parts())),
        }
    }

    /// Keeps a content, unless it is there. Once it comes back, the content has reached the disk.
    pub(crate) async fn keep(&self, kind: Kind, sha256: &Sha256Hex, content: &Content) -> Result<(), Error> {
        let name = self.name(kind, sha256);
        match self.objects.head(&name).await {
            Ok(there) if there.size == content.len() => return Ok(()),
            Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(Error::Documents(error)),
        }
        if content.len() <= AT_ONCE as u64 {
            let bytes = piece(content, 0).await?;
            self.objects.put(&name, bytes.into()).await.map_err(Error::Documents)?;
            return Ok(());
        }
        let pieces = stream::try_unfold(0, |at| async move {
            let piece = piece(content, at).await?;
            let next = at + piece.len() as u64;
            Ok((!piece.is_empty()).then_some((piece, next)))
        });
        self.upload(&name, sha256, pin!(pieces)).await
    }

    /// A content, which is what its hash says; in memory if it is short.
    pub(crate) async fn fetch(&self, kind: Kind, sha256: &Sha256Hex) -> Result<Content, Error> {
        self.set_down(self.objects.get(&self.name(kind, sha256)).await.map_err(Error::Documents)?, sha256)
            .await
    }

    /// All of what comes, which is what its hash says.
    async fn set_down(&self, got: GetResult, sha256: &Sha256Hex) -> Result<Content, Error> {
        let (mut arriving, mut pieces) = (self.spool.arriving(), got.into_stream());
        while let Some(piece) = pieces.try_next().await.map_err(Error::Documents)? {
            arriving.add(&piece).await.map_err(Error::Package)?;
        }
        let (content, found) = arriving.finish().await.map_err(Error::Package)?;
        if found == *sha256 { Ok(content) } else { Err(Error::Damaged { what: "a document" }) }
    }

    /// Whether a content of so many bytes is there and what its hash says. It is never whole in memory.
    pub(crate) async fn is_whole(&self, kind: Kind, sha256: &Sha256Hex, size: i64) -> Result<bool, Error> {
        let got = match self.objects.get(&self.name(kind, sha256)).await {
            Ok(got) => got,
            Err(object_store::Error::NotFound { .. }) => return Ok(false),
            Err(error) => return Err(Error::Documents(error)),
        };
        let (mut hash, mut length) = (Sha256::new(), 0_i64);
        let mut pieces = got.into_stream();
        while let Some(piece) = pieces.try_next().await.map_err(Error::Documents)? {
            hash.update(&piece);
            length = length.saturating_add(i64::try_from(piece.len()).unwrap_or(i64::MAX));
        }
        Ok(length == size && Sha256Hex::from_digest(hash.finalize().into()) == *sha256)
    }

    /// Brings a content from another place, unless it is here. One that is long comes piece by piece, and is never whole in
    /// memory; what is not what its hash says is not kept.
    pub(crate) async fn bring(&self, from: &Self, sha256: &Sha256Hex) -> Result<(), Error> {
        let name = self.name(Kind::Document, sha256);
        if self.objects.head(&name).await.is_ok() {
            return Ok(());
        }
        let got = from.objects.get(&from.name(Kind::Document, sha256)).await.map_err(Error::Documents)?;
        // In parts it would be asked for three times.
        if got.meta.size <= AT_ONCE as u64 {
            return self.keep(Kind::Document, sha256, &self.set_down(got, sha256).await?).await;
        }
        self.upload(&name, sha256, got.into_stream().map_err(Error::Documents)).await
    }

    /// Puts a content where that name is, as it comes. What is not what the hash says is not kept.
    async fn upload(
        &self,
        name: &Name,
        sha256: &Sha256Hex,
        mut pieces: impl Stream<Item = Result<Bytes, Error>> + Unpin,
    ) -> Result<(), Error> {
        let upload = self.objects.put_multipart(name).await.map_err(Error::Documents)?;
        let part = if self.folder.is_some() { AT_ONCE } else { PART };
        let mut copy = WriteMultipart::new_with_chunk_size(upload, part);
        match pass_on(&mut pieces, &mut copy).await {
            Ok(found) if found == *sha256 => {
                copy.finish().await.map_err(Error::Documents)?;
                Ok(())
            }
            broken => {
                // What is left of it otherwise harms nobody.
                let _ = copy.abort().await;
                broken.and(Err(Error::Damaged { what: "a document" }))
            }
        }
    }

    /// Takes a content away; that it is not there is no fault.
    pub(crate) async fn remove(&self, kind: Kind, sha256: &Sha256Hex) -> Result<(), Error> {
        match self.objects.delete(&self.name(kind, sha256)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Error::Documents(error)),
        }
    }

    /// Takes away what somebody had begun to write into the folder who then fell, and says how many there were. What a bucket
    /// has of that kind, its service takes away by a rule of its own.
    pub(crate) fn sweep(&self, now: Timestamp) -> io::Result<usize> {
        let Some(folder) = &self.folder else { return Ok(0) };
        let (mut swept, before) = (0, now.checked_sub(ABANDONED).unwrap_or(Timestamp::MIN));
        for kind in [Kind::Document, Kind::Refused, Kind::Waiting] {
            let folders = match fs::read_dir(folder.join(kind.folder())) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                folders => folders?,
            };
            for folder in folders {
                for file in fs::read_dir(folder?.path())? {
                    let file = file?;
                    // A content has its hash for its name; what is not yet whole has a number after it.
                    if !file.file_name().as_encoded_bytes().contains(&b'#') {
                        continue;
                    }
                    let written = file.metadata().and_then(|metadata| metadata.modified());
                    match written
                        .map(|written| Timestamp::try_from(written).is_ok_and(|written| written < before))
                    {
                        Ok(true) => {
                            fs::remove_file(file.path())?;
                            swept += 1;
                        }
                        Ok(false) => {}
                        // It has become whole meanwhile.
                        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                        Err(error) => return Err(error),
                    }
                }
            }
        }
        Ok(swept)
    }

    /// Whether the place answers, where what is asked for need not be there, and whether something can be set down.
    pub(crate) async fn is_well(&self) -> Result<(), Error> {
        let spool = self.spool.clone();
        let file = tokio::task::spawn_blocking(move || spool.file()).await;
        file.map_err(io::Error::other).flatten().map_err(Error::Package)?;
        match self.objects.head(&self.name(Kind::Document, &Sha256Hex::of(b""))).await {
            Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Error::Documents(error)),
        }
    }
}

/// What a content has from there on, 1 MiB at most.
async fn piece(content: &Content, at: u64) -> Result<Bytes, Error> {
    let content = content.clone();
    let read = tokio::task::spawn_blocking(move || content.piece(at, AT_ONCE)).await;
    read.map_err(io::Error::other).flatten().map_err(Error::Package)
}

/// Passes a content on as it comes, and says its hash.
async fn pass_on(
    pieces: &mut (impl Stream<Item = Result<Bytes, Error>> + Unpin),
    copy: &mut WriteMultipart,
) -> Result<Sha256Hex, Error> {
    let mut hash = Sha256::new();
    while let Some(piece) = pieces.try_next().await? {
        hash.update(&piece);
        copy.wait_for_capacity(PARTS).await.map_err(Error::Documents)?;
        copy.put(piece);
    }
    Ok(Sha256Hex::from_digest(hash.finalize().into()))
}

impl Keeping {
    /// Where a backup of the book has its documents: a folder beside the file.
    #[must_use]
    pub fn beside(backup: &Path) -> Self {
        let mut name = backup.as_os_str().to_owned();
        name.push(".documents");
        Self::Folder(name.into())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_printed() {
        let bucket = Bucket {
            name: "registre".to_owned(),
            prefix: None,
            endpoint: None,
            region: "eu-south-2".to_owned(),
            access_key_id: "AKIA1".to_owned(),
            secret_access_key: "geheim".to_owned(),
        };
        assert!(!format!("{:?}", Keeping::Bucket(bucket)).contains("geheim"));
    }

    #[tokio::test]
    async fn a_content_is_kept_read_and_missed_by_its_hash() {
        let folder = tempfile::tempdir().unwrap();
        let documents = Documents::open(&Keeping::Folder(folder.path().join("new/folder"))).unwrap();
        let content = Bytes::from_static(b"%PDF-1.7");
        let hash = Sha256Hex::of(&content);
        assert!(!documents.is_whole(Kind::Document, &hash, 8).await.unwrap());
        for _ in 0..2 {
            documents.keep(Kind::Document, &hash, &content.clone().into()).await.unwrap();
        }
        assert_eq!(documents.fetch(Kind::Document, &hash).await.unwrap().bytes().unwrap(), content);
        assert!(documents.is_whole(Kind::Document, &hash, 8).await.unwrap());
        assert!(!documents.is_whole(Kind::Document, &hash, 7).await.unwrap());
        let file = folder.path().join("new/folder/documents").join(&hash.as_str()[..2]).join(hash.as_str());
        std::fs::write(&file, b"%PDF-1.8").unwrap();
        assert!(!documents.is_whole(Kind::Document, &hash, 8).await.unwrap());
        assert!(matches!(documents.fetch(Kind::Document, &hash).await, Err(Error::Damaged { .. })));
        for _ in 0..2 {
            documents.remove(Kind::Document, &hash).await.unwrap();
        }
        assert!(!file.exists());
    }

    #[tokio::test]
    async fn a_place_where_nothing_can_be_set_down_is_not_well() {
        let folder = tempfile::tempdir().unwrap();
        let documents = Documents::open(&Keeping::Folder(folder.path().join("here"))).unwrap();
        documents.is_well().await.unwrap();
        std::fs::remove_dir(folder.path().join("here")).unwrap();
        assert!(matches!(documents.is_well().await, Err(Error::Package(_))));
    }

    #[tokio::test]
    async fn what_was_begun_and_left_is_swept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let documents = Documents::open(&Keeping::Folder(folder.path().to_owned())).unwrap();
        let now = Timestamp::try_from(fs::metadata(folder.path()).unwrap().modified().unwrap()).unwrap();
        assert_eq!(documents.sweep(now).unwrap(), 0);
        let content = Content::from(vec![7; 3 << 20]);
        documents.keep(Kind::Waiting, &content.sha256(), &content).await.unwrap();
        // Somebody who falls in the middle of it.
        let name = documents.name(Kind::Waiting, &Sha256Hex::of(b"another"));
        let mut upload = documents.objects.put_multipart(&name).await.unwrap();
        upload.put_part(vec![7; 1 << 20].into()).await.unwrap();
        std::mem::forget(upload);
        let later = now + ABANDONED + SignedDuration::from_mins(1);
        assert_eq!(documents.sweep(now).unwrap(), 0, "it may still be written");
        assert_eq!((documents.sweep(later).unwrap(), documents.sweep(later).unwrap()), (1, 0));
        assert!(documents.is_whole(Kind::Waiting, &content.sha256(), 3 << 20).await.unwrap());
    }

    #[tokio::test]
    async fn a_copy_is_of_any_length_and_of_nothing_but_the_content() {
        let folder = tempfile::tempdir().unwrap();
        let open = |name: &str| Documents::open(&Keeping::Folder(folder.path().join(name))).unwrap();
        let (here, there) = (open("here"), open("there"));
        for length in [0_usize, 1, 1 << 20, (1 << 20) + 1, (12 << 20) + 7] {
            let content: Bytes = (0..length).map(|place| place.to_le_bytes()[place % 3]).collect();
            let hash = Sha256Hex::of(&content);
            there.keep(Kind::Document, &hash, &content.clone().into()).await.unwrap();
            for _ in 0..2 {
                here.bring(&there, &hash).await.unwrap();
            }
            assert_eq!(
                here.fetch(Kind::Document, &hash).await.unwrap().bytes().unwrap(),
                content,
                "{length}"
            );
        }
        let other = Sha256Hex::of(b"something else");
        assert!(matches!(here.bring(&there, &other).await, Err(Error::Documents(_))));
        for damaged in [b"damaged".to_vec(), vec![0; 700 << 10], vec![0; 7 << 20]] {
            let place = folder.path().join("there/documents").join(&other.as_str()[..2]);
            std::fs::create_dir_all(&place).unwrap();
            std::fs::write(place.join(other.as_str()), damaged).unwrap();
            assert!(matches!(here.bring(&there, &other).await, Err(Error::Damaged { .. })));
        }
        let beside = folder.path().join("here/documents").join(&other.as_str()[..2]);
        assert_eq!(std::fs::read_dir(beside).map_or(0, Iterator::count), 0, "nothing is left of it");
    }
}
