/// The commands on the files of a site.
@NullMarked
package lazaret.cli.site;

import org.jspecify.annotations.NullMarked;
