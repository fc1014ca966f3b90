/// The seccomp filter of the sandbox. It is generated from a readable table of denied system calls
/// (`rules.txt`) and the call numbers of each architecture.
@NullMarked
package lazaret.sandbox.filter;

import org.jspecify.annotations.NullMarked;
