"""Files to tables to system: reads, checks, converts and assembles the inputs."""
