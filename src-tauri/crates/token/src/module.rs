//! Loading a module once, however often it is asked for.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error as Cryptoki, RvError};

use crate::error::Error;
use crate::slot::Token;

/// Every module that this process ever loaded, by its resolved path. Each has a lock of its own, so that one that
/// hangs while it is initialised holds up nobody else.
static MODULES: Mutex<BTreeMap<PathBuf, Arc<Mutex<Shared>>>> = Mutex::new(BTreeMap::new());

#[derive(Default)]
struct Shared {
    /// Mapped once and for good.
    context: Option<Pkcs11>,
    /// How many [`Loan`]s there are.
    loans: usize,
    /// Whether it was us who initialised it, and so have to finalise it.
    ours: bool,
}

/// A PKCS#11 module, loaded and initialised. Cheap to clone.
#[derive(Clone)]
pub struct Module(Arc<Loan>);

struct Loan {
    path: PathBuf,
    context: Pkcs11,
    shared: Arc<Mutex<Shared>>,
}

impl Module {
    /// Loads and initialises a module, or joins whoever did. Blocks.
    ///
    /// # Errors
    /// [`Error::Module`].
    pub fn load(path: &Path) -> Result<Self, Error> {
        let path = path.canonicalize().map_err(|error| Error::Module { reason: error.to_string() })?;
        let shared = Arc::clone(lock(&MODULES).entry(path.clone()).or_default());
        let context = lock(&shared).acquire(&path)?;
        Ok(Self(Arc::new(Loan { path, context, shared })))
    }

    /// The tokens in its slots now. Blocks.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is none; [`Error::Failed`].
    pub fn tokens(&self) -> Result<Vec<Token>, Error> {
        let mut tokens = Vec::new();
        for slot in self.context().get_slots_with_token()? {
            match self.context().get_token_info(slot) {
                // An empty token of a software module, for example.
                Ok(info) if !info.token_initialized() => {}
                Ok(info) => tokens.push(Token::new(self.clone(), slot, &info)),
                Err(error) => match Error::from(error) {
                    // It left between the two questions, or is none of this module's.
                    Error::Removed => {}
                    other => return Err(other),
                },
            }
        }
        if tokens.is_empty() { Err(Error::Absent) } else { Ok(tokens) }
    }

    /// Where it was loaded from.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    pub(crate) fn context(&self) -> &Pkcs11 {
        &self.0.context
    }
}

impl fmt::Debug for Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Module").field(&self.0.path).finish()
    }
}

impl Shared {
    fn acquire(&mut self, path: &Path) -> Result<Pkcs11, Error> {
        let failed = |error: Cryptoki| Error::Module { reason: error.to_string() };
        let context = match self.context.clone() {
            Some(context) => context,
            None => self.context.insert(Pkcs11::new(path).map_err(failed)?).clone(),
        };
        if self.loans == 0 {
            let arguments = CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK);
            self.ours = match context.initialize(arguments) {
                Ok(()) => true,
                Err(Cryptoki::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => false,
                Err(error) => return Err(failed(error)),
            };
        }
        self.loans += 1;
        Ok(context)
    }

    fn release(&mut self) {
        self.loans = self.loans.saturating_sub(1);
        if self.loans == 0
            && self.ours
            && let Some(context) = self.context.clone()
        {
            // Nobody is left who could act on a failure.
            let _ = context.finalize();
        }
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        lock(&self.shared).release();
    }
}

/// What is behind these locks is whole at every moment, so a panic elsewhere does not spoil it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
