/// The seccomp filter of the sandbox: which system calls a command inside may not make, as a table
/// that people read (`rules.txt`), the numbers of each architecture's calls, and the program for
/// the kernel that is made of both.
@NullMarked
package lazaret.sandbox.filter;

import org.jspecify.annotations.NullMarked;
