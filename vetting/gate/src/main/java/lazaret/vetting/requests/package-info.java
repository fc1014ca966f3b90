/// The handling of queued requests by reviewers: closing, comments, assignment. Pure values,
/// derived from the ledger.
@NullMarked
package lazaret.vetting.requests;

import org.jspecify.annotations.NullMarked;
