/// Tests of the identities of CI jobs with real signatures.
@NullMarked
package lazaret.signin.workload;

import org.jspecify.annotations.NullMarked;
