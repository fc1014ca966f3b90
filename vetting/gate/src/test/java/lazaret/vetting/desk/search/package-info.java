@NullMarked
package lazaret.vetting.desk.search;

import org.jspecify.annotations.NullMarked;
