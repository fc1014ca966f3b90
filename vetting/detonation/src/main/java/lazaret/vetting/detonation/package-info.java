/// The evidence of builds of single versions in the sandbox.
@NullMarked
package lazaret.vetting.detonation;

import org.jspecify.annotations.NullMarked;
