"""What the operator has to know: backups, worker, jobs, disks, certificate."""
