//! The certification path, and the proof that somebody walked it.

use jiff::Timestamp;
use openssl::error::ErrorStack;
use openssl::stack::Stack;
use openssl::x509::store::X509StoreBuilder;
use openssl::x509::verify::{X509VerifyFlags, X509VerifyParam};
use openssl::x509::{X509, X509StoreContext};

use crate::anchors::Context;
use crate::certificate::Certificate;
use crate::holder::Holder;
use crate::profile::{self, Policy};
use crate::refusal::{Refusal, Weakness};

/// Most authorities between the leaf and the anchor. Real paths have one; a bridge would add one more.
const MAX_DEPTH: i32 = 4;
/// Most intermediates looked at, so that a hostile bundle costs little.
const MAX_INTERMEDIATES: usize = 16;
/// OpenSSL's security level 2: at least 112 bits, so RSA-2048 and SHA-224 (own check: SHA-256) along the path.
const AUTH_LEVEL: i32 = 2;

/// A certificate that has been checked against anchors and a policy at one moment.
///
/// There is no other constructor than [`verify`]: whoever holds one knows that the path, the periods and the use
/// are right. **Revocation is not part of it yet**: a card reported as stolen still passes. The later step takes
/// the evidence from [`Context`] and each certificate of [`Verified::chain`], gives every one of them a state (good,
/// revoked since, unknown, stale) and its source, and is called by [`verify`] after the path and before the profile.
#[derive(Clone, Debug)]
pub struct Verified {
    leaf: Certificate,
    chain: Vec<Certificate>,
    holder: Option<Holder>,
    policy: Policy,
}

impl Verified {
    /// The certificate asked about.
    #[must_use]
    pub fn leaf(&self) -> &Certificate {
        &self.leaf
    }

    /// The whole path, leaf first, anchor last.
    #[must_use]
    pub fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    /// The person, for every policy but [`Policy::Seal`].
    #[must_use]
    pub fn holder(&self) -> Option<&Holder> {
        self.holder.as_ref()
    }

    /// The policy it was checked against.
    #[must_use]
    pub fn policy(&self) -> Policy {
        self.policy
    }
}

/// Checks a certificate: path to an anchor at `now`, then what `policy` asks of the leaf.
///
/// # Errors
/// The most telling [`Refusal`].
pub fn verify(
    leaf: &Certificate,
    ctx: &Context<'_>,
    now: Timestamp,
    policy: Policy,
) -> Result<Verified, Refusal> {
    match walk(leaf, ctx, Period::At(now)).map_err(|_| Refusal::Unchecked)? {
        Walk::Arrived(chain) => {
            let holder = profile::check(leaf, policy)?;
            Ok(Verified { leaf: leaf.clone(), chain, holder, policy })
        }
        // The path may fail for its dates alone. Anything else is more telling, so look at it without dates.
        Walk::Failed { .. } => match walk(leaf, ctx, Period::Ignored).map_err(|_| Refusal::Unchecked)? {
            Walk::Failed { openssl, depth } => Err(refusal(openssl, depth)),
            Walk::Arrived(_) => {
                profile::check(leaf, policy)?;
                Err(out_of_period(leaf, now))
            }
        },
    }
}

#[derive(Clone, Copy)]
enum Period {
    At(Timestamp),
    Ignored,
}

enum Walk {
    Arrived(Vec<Certificate>),
    Failed { openssl: i32, depth: u32 },
}

fn walk(leaf: &Certificate, ctx: &Context<'_>, period: Period) -> Result<Walk, ErrorStack> {
    let mut store = X509StoreBuilder::new()?;
    for anchor in ctx.anchors.certificates() {
        store.add_cert(anchor.x509().clone())?;
    }
    store.set_param(&*parameters(period)?)?;
    let mut untrusted = Stack::<X509>::new()?;
    for certificate in ctx.intermediates.iter().take(MAX_INTERMEDIATES) {
        untrusted.push(certificate.x509().clone())?;
    }
    X509StoreContext::new()?.init(&store.build(), leaf.x509(), &untrusted, |context| {
        if !context.verify_cert()? {
            return Ok(Walk::Failed { openssl: context.error().as_raw(), depth: context.error_depth() });
        }
        let chain = context.chain().and_then(|chain| {
            chain.iter().map(|x509| Certificate::from_der(&x509.to_der().ok()?).ok()).collect()
        });
        // A path that OpenSSL accepted but that cannot be read again is an accident inside, not a verdict.
        Ok(chain.map_or(Walk::Failed { openssl: UNSPECIFIED, depth: 0 }, Walk::Arrived))
    })
}

fn parameters(period: Period) -> Result<X509VerifyParam, ErrorStack> {
    let mut param = X509VerifyParam::new()?;
    param.set_depth(MAX_DEPTH);
    param.set_auth_level(AUTH_LEVEL);
    // An anchor ends the path even when it is not self-signed: trusted lists name intermediates.
    let mut flags = X509VerifyFlags::PARTIAL_CHAIN | X509VerifyFlags::X509_STRICT;
    match period {
        Period::At(now) => param.set_time(now.as_second()),
        Period::Ignored => flags |= X509VerifyFlags::NO_CHECK_TIME,
    }
    param.set_flags(flags)?;
    Ok(param)
}

const UNSPECIFIED: i32 = 1;

/// OpenSSL's verification codes (`X509_V_ERR_…`), by what they tell.
fn refusal(openssl: i32, depth: u32) -> Refusal {
    match openssl {
        // Cannot decrypt a signature, cannot read the issuer's key, signature failure.
        4 | 6 | 7 => Refusal::BadSignature,
        // No issuer at hand, a self-signed stranger, rejected or not trusted.
        2 | 18..=21 | 27 | 28 => Refusal::UntrustedIssuer,
        66 => Refusal::WeakKey(Weakness::Key),
        67 => Refusal::WeakKey(Weakness::AuthorityKey),
        68 => Refusal::WeakKey(Weakness::Digest),
        // Unspecified, out of memory, invalid call, store lookup.
        UNSPECIFIED | 17 | 69 | 70 => Refusal::Unchecked,
        _ => Refusal::BadPath { openssl, depth },
    }
}

/// Which period failed, when nothing else did. The leaf's own comes first: its holder can renew it.
fn out_of_period(leaf: &Certificate, now: Timestamp) -> Refusal {
    if now < leaf.not_before() {
        Refusal::NotYetValid { not_before: leaf.not_before() }
    } else if now > leaf.not_after() {
        Refusal::Expired { not_after: leaf.not_after() }
    } else {
        Refusal::IssuerOutOfPeriod
    }
}
