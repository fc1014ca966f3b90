/// Values of general use: bytes, deadlines, error codes, exceptions.
@NullMarked
package lazaret.vetting;

import org.jspecify.annotations.NullMarked;
