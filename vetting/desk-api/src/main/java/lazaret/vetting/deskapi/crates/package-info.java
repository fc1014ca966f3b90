/// Requests and replies about crates, their versions and what is recorded of them.
@NullMarked
package lazaret.vetting.deskapi.crates;

import org.jspecify.annotations.NullMarked;
