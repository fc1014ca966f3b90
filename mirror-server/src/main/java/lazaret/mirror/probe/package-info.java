/// The probe that asks a running server whether it is ready.
@NullMarked
package lazaret.mirror.probe;

import org.jspecify.annotations.NullMarked;
