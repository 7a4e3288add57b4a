//! The thread that batches are written on.
//!
//! While many people are served, the server's threads look only now and then whether the database has answered, and the book
//! would be held meanwhile by a batch that nobody goes on with. This one has nothing else to do.

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

use crate::Error;

/// It ends with this.
pub(super) struct Hand(Option<Runtime>);

impl Hand {
    pub(super) fn new() -> Result<Self, Error> {
        let mut builder = Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).thread_name("writer").enable_all().build();
        runtime.map(Some).map(Self).map_err(Error::Thread)
    }

    /// Does something there.
    pub(super) fn spawn<T: Send + 'static>(
        &self,
        task: impl Future<Output = T> + Send + 'static,
    ) -> JoinHandle<T> {
        match &self.0 {
            Some(runtime) => runtime.spawn(task),
            // Only what is being dropped has none.
            None => tokio::spawn(task),
        }
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        // Without waiting: whoever drops it may have others to serve.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
