/// Index refresh, version look-up, admission of artifacts.
@NullMarked
package lazaret.vetting.gate.serving;

import org.jspecify.annotations.NullMarked;
