"""How much space a practice's files take."""

from app.features.files.schemas import FileUsageOut
from app.repositories.file_uploads import UploadRepository
from app.repositories.files import FileRepository
from app.settings import Settings


async def usage(files: FileRepository, settings: Settings) -> FileUsageOut:
    """What is used, and what there is."""
    uploads = UploadRepository(files.session, files.workspace_id)
    return FileUsageOut(
        used_bytes=await uploads.usage(),
        quota_bytes=settings.file_quota,
        largest_file_bytes=settings.file_size_limit,
    )
