/** Open vSwitch: its database, its flow tables, and the words and walks of its own programs (Open vSwitch 3.1). */
package org.hopscope.model.ovs;
