/// What public and local feeds say against crates: advisories in one form, whatever feed they come
/// from, which versions they affect, and how old the feeds are.
@NullMarked
package lazaret.vetting.advisory;

import org.jspecify.annotations.NullMarked;
