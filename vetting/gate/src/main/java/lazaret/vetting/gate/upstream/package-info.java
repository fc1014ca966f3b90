/// The port to the upstream registry.
@NullMarked
package lazaret.vetting.gate.upstream;

import org.jspecify.annotations.NullMarked;
