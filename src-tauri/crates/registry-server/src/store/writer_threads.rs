//! The threads that batches are written on.
//!
//! While many people are served, the server's threads look only now and then whether the database has answered, and the book
//! would be held meanwhile by a batch that nobody goes on with. These have nothing else to do: one writes out what comes next
//! while the other waits for the database. A connection is looked after by the threads that made it, so the writer's is made
//! here as well.

use tokio::runtime::{Builder, Handle, Runtime};

use crate::Error;

/// They end with this.
pub(super) struct WriterThreads {
    /// Until it is dropped.
    runtime: Option<Runtime>,
    handle: Handle,
}

impl WriterThreads {
    pub(super) fn start() -> Result<Self, Error> {
        let mut builder = Builder::new_multi_thread();
        let runtime = builder.worker_threads(2).thread_name("writer").enable_all().build();
        let runtime = runtime.map_err(Error::Thread)?;
        let handle = runtime.handle().clone();
        Ok(Self { runtime: Some(runtime), handle })
    }

    /// What does something there.
    pub(super) const fn handle(&self) -> &Handle {
        &self.handle
    }
}

impl Drop for WriterThreads {
    fn drop(&mut self) {
        // Without waiting: whoever drops it may have others to serve.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
