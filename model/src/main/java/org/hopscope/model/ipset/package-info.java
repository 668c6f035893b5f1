/** The words of ipset 7.17: sets made, filled and told as the program does, with its own errors. */
package org.hopscope.model.ipset;
