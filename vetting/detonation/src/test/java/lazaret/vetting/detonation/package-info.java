/// Tests of the evidence of sandbox builds.
@NullMarked
package lazaret.vetting.detonation;

import org.jspecify.annotations.NullMarked;
