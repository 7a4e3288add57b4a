//! The task that owns the store's writes: drafts in the order they were typed, then the queue.

use std::sync::Arc;

use filing::{Draft, DraftFile, Filings};
use registry_api::{Attachment, Content, Sha256Hex, Submission, SubmissionKey};
use session::{Event, SavedDraft, TakenFile};
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::sync::oneshot;

use super::{Message, clock, document};
use crate::kiosk::intake::Intake;

/// What the store is asked for, in order.
pub(super) enum Job {
    Save(Box<session::DraftToSave>),
    Drop(SubmissionKey),
    Seek { owner: String, procedure: String },
    PutFile { key: SubmissionKey, field: String, file: DraftFile, images: Vec<String> },
    ShowFile { key: SubmissionKey, field: String },
    DropFile { key: SubmissionKey, field: String },
    Enqueue { package: Box<session::ToEnqueue>, signed: Arc<Vec<u8>>, documents: Vec<(String, String)> },
    Stop(oneshot::Sender<()>),
}

pub(super) struct Keeper {
    pub(super) filings: Filings,
    pub(super) out: UnboundedSender<Message>,
    pub(super) queue: Arc<Notify>,
    pub(super) intake: Intake,
}

impl Keeper {
    pub(super) async fn work(self, mut jobs: UnboundedReceiver<Job>) {
        let mut next = None;
        let mut owed = Vec::new();
        loop {
            let Some(job) = (match next.take() {
                Some(job) => Some(job),
                None => jobs.recv().await,
            }) else {
                return;
            };
            if !matches!(job, Job::Stop(_)) {
                self.drop_owed(&mut owed).await;
            }
            match job {
                Job::Save(draft) => {
                    // A fast typist outruns the disk: of several states of one draft that wait, the last one counts.
                    let mut latest = draft;
                    while let Ok(waiting) = jobs.try_recv() {
                        match waiting {
                            Job::Save(newer) if newer.key == latest.key => latest = newer,
                            other => {
                                next = Some(other);
                                break;
                            }
                        }
                    }
                    self.save(*latest).await;
                }
                Job::Drop(key) => {
                    owed.push(key);
                    self.drop_owed(&mut owed).await;
                }
                Job::Seek { owner, procedure } => self.seek(&owner, &procedure).await,
                Job::PutFile { key, field, file, images } => self.put_file(key, field, file, images).await,
                Job::ShowFile { key, field } => self.show_file(key, field).await,
                Job::DropFile { key, field } => {
                    let dropped = self.filings.drop_file(key, &field).await;
                    self.report(dropped);
                }
                Job::Enqueue { package, signed, documents } => {
                    self.enqueue(*package, &signed, &documents).await
                }
                Job::Stop(done) => {
                    self.filings.close().await;
                    // Whoever asked may have given up waiting.
                    let _ = done.send(());
                    return;
                }
            }
        }
    }

    /// Forgets the drafts that are to be forgotten; what a full disk does not let go is tried again with the next job.
    async fn drop_owed(&self, owed: &mut Vec<SubmissionKey>) {
        for key in std::mem::take(owed) {
            let dropped = self.filings.drop_draft(key).await;
            if dropped.is_err() {
                owed.push(key);
            }
            self.report(dropped);
        }
    }

    fn tell(&self, event: Event) {
        // Without an actor nobody is left to be told.
        let _ = self.out.send(Message::Event(event));
    }

    fn report(&self, result: Result<(), filing::Error>) {
        if let Err(error) = result {
            tracing::error!(event = "store.failed", code = error.code(), "{error}");
            self.tell(Event::StoreFailed { code: error.code() });
        }
    }

    async fn save(&self, draft: session::DraftToSave) {
        let draft = Draft {
            key: draft.key,
            owner: draft.owner,
            procedure: draft.procedure,
            version: draft.version,
            page: draft.page,
            answers: draft.answers,
            changed_at: clock::now(),
        };
        self.report(self.filings.save_draft(&draft).await);
    }

    async fn seek(&self, owner: &str, procedure: &str) {
        let found = match self.filings.find_draft(owner, procedure).await {
            Ok(Some(draft)) => self.filings.files(draft.key).await.map(|files| Some(saved(draft, files))),
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        let draft = found.unwrap_or_else(|error| {
            self.report(Err(error));
            None
        });
        self.tell(Event::DraftSought { draft: draft.map(Box::new) });
    }

    async fn put_file(&self, key: SubmissionKey, field: String, file: DraftFile, images: Vec<String>) {
        match self.filings.put_file(key, &field, &file).await {
            Ok(()) => self.tell(Event::FileTaken { key, field, file: taken(&file), images }),
            Err(error) => {
                self.report(Err(error));
                // It was not kept: whoever waits for it may choose again.
                self.tell(Event::FileRefused { key, field, code: "file.unreadable", args: Vec::new() });
            }
        }
    }

    /// Reads a file here, in its turn, and has its pictures made elsewhere: drafts do not wait for them.
    async fn show_file(&self, key: SubmissionKey, field: String) {
        let file = self.filings.files(key).await.map(|mut files| files.remove(&field));
        let file = file.unwrap_or_else(|error| {
            self.report(Err(error));
            None
        });
        let (out, intake) = (self.out.clone(), self.intake.clone());
        tokio::task::spawn_blocking(move || {
            let images = file.and_then(|file| document::show_file(&intake, file));
            // The session may have ended meanwhile.
            let _ = out.send(Message::Event(Event::FileShown { key, field, images }));
        });
    }

    async fn enqueue(&self, package: session::ToEnqueue, signed: &[u8], documents: &[(String, String)]) {
        match self.try_enqueue(package, signed, documents).await {
            Ok(()) => {
                self.tell(Event::Enqueued);
                self.queue.notify_one();
            }
            Err(error) => {
                tracing::error!(event = "queue.failed", code = error.code(), "{error}");
                self.tell(Event::EnqueueFailed { code: error.code() });
            }
        }
    }

    async fn try_enqueue(
        &self,
        package: session::ToEnqueue,
        signed: &[u8],
        documents: &[(String, String)],
    ) -> Result<(), filing::Error> {
        let mut files = self.filings.files(package.key).await?;
        let attachments = documents
            .iter()
            .filter_map(|(field, document)| {
                let file = files.remove(field)?;
                Some(Attachment {
                    name: file.name,
                    mime: file.mime,
                    sha256: Sha256Hex::of(&file.content),
                    content: Content::from(file.content),
                    document: document.clone(),
                })
            })
            .collect();
        let submission = Submission {
            key: package.key,
            procedure: package.procedure,
            procedure_version: package.version,
            language: package.language,
            handed_in_at: package.handed_in_at,
            application: Content::from(signed.to_vec()),
            attachments,
            answers: package.answers,
            unsigned: None,
            cures: None,
            assisted: None,
        };
        self.filings.enqueue(&submission, clock::now()).await
    }
}

fn saved(draft: Draft, files: std::collections::BTreeMap<String, DraftFile>) -> SavedDraft {
    SavedDraft {
        key: draft.key,
        version: draft.version,
        page: draft.page,
        answers: draft.answers,
        documents: files.iter().map(|(field, file)| (field.clone(), taken(file))).collect(),
        changed_at: draft.changed_at,
    }
}

fn taken(file: &DraftFile) -> TakenFile {
    TakenFile {
        name: file.name.clone(),
        bytes: file.content.len() as u64,
        mime: file.mime.clone(),
        sha256: file.sha256.clone(),
        pages: file.pages,
    }
}
