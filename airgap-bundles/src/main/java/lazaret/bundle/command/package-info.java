/// Programs of the operator's own that a bundle's keys or checks are handed to.
@NullMarked
package lazaret.bundle.command;

import org.jspecify.annotations.NullMarked;
