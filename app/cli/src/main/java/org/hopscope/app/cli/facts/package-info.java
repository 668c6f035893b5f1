/** What a run of commands comes to, in the words and the schema of the kernel oracle (netlab-oracle/1). */
package org.hopscope.app.cli.facts;
