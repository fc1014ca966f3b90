/// The supervision of a sandbox run, which records denied calls or the use of decoys.
///
/// All results are `Violation` records.
///
/// No class in this package permits an action that the namespaces and the inner filter would not
/// permit. Data read from a process is a claim of that process. Its length is limited, and it may
/// contain control characters.
@NullMarked
package lazaret.sandbox.watch;

import org.jspecify.annotations.NullMarked;
