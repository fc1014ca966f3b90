@NullMarked
package lazaret.vetting.gate.upstream;

import org.jspecify.annotations.NullMarked;
