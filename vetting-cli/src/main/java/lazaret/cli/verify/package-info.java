/// What `verify` found, and the forms in which people and their tools read it.
@NullMarked
package lazaret.cli.verify;

import org.jspecify.annotations.NullMarked;
