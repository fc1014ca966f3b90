/// Advisories of public and local feeds in one form, with their affected versions and the age of
/// the feeds.
@NullMarked
package lazaret.vetting.advisory;

import org.jspecify.annotations.NullMarked;
