/// The commands for policies.
@NullMarked
package lazaret.cli.policy;

import org.jspecify.annotations.NullMarked;
