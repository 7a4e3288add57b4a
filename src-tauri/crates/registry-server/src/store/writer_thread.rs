//! The thread that batches are written on.
//!
//! While many people are served, the server's threads look only now and then whether the database has answered, and the book
//! would be held meanwhile by a batch that nobody goes on with. This one has nothing else to do. A connection is looked after by
//! the thread that made it, so the writer's is made here as well.

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::JoinHandle;

use crate::Error;

/// It ends with this.
pub(super) struct WriterThread {
    handle: Handle,
    /// Until it is dropped.
    runtime: Option<Runtime>,
}

impl WriterThread {
    pub(super) fn start() -> Result<Self, Error> {
        let mut builder = Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).thread_name("writer").enable_all().build();
        let runtime = runtime.map_err(Error::Thread)?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }

    /// Does something there.
    pub(super) fn spawn<T: Send + 'static>(
        &self,
        task: impl Future<Output = T> + Send + 'static,
    ) -> JoinHandle<T> {
        self.handle.spawn(task)
    }
}

impl Drop for WriterThread {
    fn drop(&mut self) {
        // Without waiting: whoever drops it may have others to serve.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
