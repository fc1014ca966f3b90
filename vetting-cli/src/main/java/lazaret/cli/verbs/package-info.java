/// The verbs of `vetting-cli`, one class each. All use the same client of a desk.
@NullMarked
package lazaret.cli.verbs;

import org.jspecify.annotations.NullMarked;
