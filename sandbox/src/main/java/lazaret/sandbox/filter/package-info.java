/// The seccomp filter of the sandbox, generated from a readable table of denied system calls
/// (`rules.txt`).
@NullMarked
package lazaret.sandbox.filter;

import org.jspecify.annotations.NullMarked;
