/// Requests and replies about lockfiles and their packages.
@NullMarked
package lazaret.vetting.deskapi.lockfiles;

import org.jspecify.annotations.NullMarked;
