/// The verbs of `vetting-cli`, one class each, written against one way to reach a desk.
@NullMarked
package lazaret.cli.verbs;

import org.jspecify.annotations.NullMarked;
