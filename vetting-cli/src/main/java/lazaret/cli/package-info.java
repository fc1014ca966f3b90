/// The program `vetting-cli`, assembled from its commands.
@NullMarked
package lazaret.cli;

import org.jspecify.annotations.NullMarked;
