/// Identities of CI jobs.
@NullMarked
package lazaret.signin.workload;

import org.jspecify.annotations.NullMarked;
