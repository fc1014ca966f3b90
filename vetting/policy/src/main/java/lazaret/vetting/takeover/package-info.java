/// Signs of a hijacked crate or account, found by comparing versions.
///
/// They are new dependencies, jumps of the version number, resembling names and changed publishers.
/// The bytes of a single version do not show them.
@NullMarked
package lazaret.vetting.takeover;

import org.jspecify.annotations.NullMarked;
