/// The sandbox on bubblewrap: what is mounted and set, how it is started, as a user and as root,
/// and whether the machine holds what it promises.
@NullMarked
package lazaret.sandbox.bubblewrap;

import org.jspecify.annotations.NullMarked;
