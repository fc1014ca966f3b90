/// The implementation of the sandbox with bubblewrap: mounts and settings, the start as a user and
/// as root, and the test of the machine.
@NullMarked
package lazaret.sandbox.bubblewrap;

import org.jspecify.annotations.NullMarked;
