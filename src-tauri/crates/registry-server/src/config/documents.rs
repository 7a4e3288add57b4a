//! Where documents are kept: the part of the configuration that says so.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::Error;
use crate::store::{Bucket, Keeping};

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Section {
    /// The folder; made if it is not there. Absent, one beside the database file.
    pub(super) folder: Option<PathBuf>,
    /// Name of a bucket, which is used instead of the folder.
    bucket: Option<String>,
    /// What the names of all objects begin with.
    prefix: Option<String>,
    /// Address of the service; absent, Amazon's of the region.
    endpoint: Option<String>,
    /// Region of the service.
    region: Option<String>,
    /// Identifier of the access key.
    access_key_id: Option<String>,
    /// Its secret.
    secret_access_key: Option<String>,
}

/// It may hold a secret.
impl std::fmt::Debug for Section {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Section")
            .field("folder", &self.folder)
            .field("bucket", &self.bucket)
            .finish_non_exhaustive()
    }
}

impl Section {
    /// Where documents are kept; `book` is the database file.
    pub(super) fn keeping(&self, book: &Path) -> Result<Keeping, Error> {
        let wrong = |message: &str| Error::Config { message: message.to_owned() };
        let Some(name) = &self.bucket else {
            let beside = || book.with_file_name("documents");
            return Ok(Keeping::Folder(self.folder.clone().unwrap_or_else(beside)));
        };
        let (Some(access_key_id), Some(secret_access_key)) = (&self.access_key_id, &self.secret_access_key)
        else {
            return Err(wrong("documents.bucket needs access_key_id and secret_access_key"));
        };
        let is_safe = |endpoint: &String| {
            let of_this_machine = ["http://127.0.0.1:", "http://[::1]:", "http://localhost:"];
            endpoint.starts_with("https://")
                || of_this_machine.iter().any(|start| endpoint.starts_with(start))
        };
        if !self.endpoint.as_ref().is_none_or(is_safe) {
            return Err(wrong("documents.endpoint begins with https://, unless it is of this machine"));
        }
        Ok(Keeping::Bucket(Bucket {
            name: name.clone(),
            prefix: self.prefix.clone(),
            endpoint: self.endpoint.clone(),
            region: self.region.clone().unwrap_or_else(|| "us-east-1".to_owned()),
            access_key_id: access_key_id.clone(),
            secret_access_key: secret_access_key.clone(),
        }))
    }
}
