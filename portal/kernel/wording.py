"""What a refusal says: for each key a Vietnamese sentence that tells how to mend it, then English.

A test keeps this table and ``policy.Refusal`` equal.
"""

from portal.kernel.policy import Refusal, Refused
from portal.kernel.wording_accounts import ACCOUNTS
from portal.kernel.wording_afterwards import AFTERWARDS
from portal.kernel.wording_evaluation import EVALUATION
from portal.kernel.wording_moderation import MODERATION
from portal.kernel.wording_months import MONTHS_AND_JOBS
from portal.kernel.wording_replies import REPLIES

WORDING: dict[Refusal, tuple[str, str]] = {
    Refusal.NO_SUCH_OFFICER: (
        "Không có tài khoản cán bộ với địa chỉ này. Đề nghị kiểm tra lại địa chỉ thư điện tử.",
        "No officer has this address. Check the e-mail address.",
    ),
    Refusal.NO_SUCH_PROGRAMME: (
        "Không có chương trình hành động với mã này. Đề nghị kiểm tra lại mã.",
        "There is no action programme with this reference.",
    ),
    Refusal.NO_SUCH_COMMITMENT: (
        "Không có cam kết với mã này. Đề nghị kiểm tra lại mã.",
        "There is no commitment with this reference.",
    ),
    Refusal.NO_SUCH_ITEM: (
        "Nội dung này không còn trong chương trình. Đề nghị mở lại chương trình để xem bản mới.",
        "This is no longer part of the programme.",
    ),
    Refusal.NO_SUCH_VERSION: (
        "Chương trình không có phiên bản mang số này. Đề nghị kiểm tra lại.",
        "The programme has no version with this number.",
    ),
    Refusal.VERSION_ERASED: (
        "Văn bản của phiên bản này đã được xóa theo đề nghị có hai người duyệt; chỉ còn dấu vân tay của nó.",
        "The text of this version was erased on a confirmed request; only its digest remains.",
    ),
    Refusal.NO_SUCH_UNIT: (
        "Không có đơn vị với mã này đang hoạt động. Đề nghị kiểm tra lại mã đơn vị.",
        "No unit in force has this code.",
    ),
    Refusal.NO_SUCH_ROLE: (
        "Không có vai trò này. Các vai trò: author, appraiser, publisher, moderator, evaluator, admin.",
        "There is no such role. The roles: author, appraiser, publisher, moderator, evaluator, admin.",
    ),
    Refusal.NOT_AN_ADDRESS: (
        "Địa chỉ thư điện tử không đúng. Đề nghị nhập đủ, ví dụ ten@donvi.gov.vn.",
        "This is not an e-mail address. Write it in full, such as name@unit.gov.vn.",
    ),
    Refusal.NO_SUCH_SESSION: (
        "Phiên làm việc này đã kết thúc hoặc không phải của ông/bà.",
        "This session has ended or is not yours.",
    ),
    Refusal.NO_SUCH_INVITATION: (
        "Liên kết mời không đúng, đã dùng hoặc đã hết hạn. Đề nghị quản trị của đơn vị gửi liên kết mới.",
        "The invitation link is wrong, used or expired. Ask the unit's administrator for a new one.",
    ),
    Refusal.ACCOUNT_CLOSED: (
        "Tài khoản đã ngừng hoạt động. Đề nghị liên hệ quản trị của đơn vị.",
        "The account is closed. Ask the unit's administrator.",
    ),
    Refusal.NOT_YOUR_ROLE: (
        "Ông/bà chưa được giao vai trò làm việc này tại đơn vị. Đề nghị người có vai trò phù hợp thực hiện.",
        "You do not hold the role for this in the unit. Somebody who does must act.",
    ),
    Refusal.OWN_WORK: (
        "Ông/bà là người soạn nội dung này, nên một người khác phải thẩm định hoặc công bố.",
        "You wrote this, so somebody else must appraise or publish it.",
    ),
    Refusal.OWN_PROGRAMME: (
        "Đây là chương trình hành động của chính ông/bà, nên người khác phải thực hiện việc này.",
        "This is your own action programme, so somebody else must do this.",
    ),
    Refusal.OWN_ASSIGNMENT: (
        "Khi thẩm định, ông/bà đã giao thêm nội dung vào chương trình này, nên người khác phải công bố.",
        "You assigned something into this programme, so somebody else must publish it.",
    ),
    Refusal.OWN_REQUEST: (
        "Ông/bà là người đề nghị việc này, nên một cán bộ khác có vai trò công bố phải xác nhận.",
        "You asked for this, so another publisher must confirm it.",
    ),
    Refusal.NOT_APPRAISED: (
        "Chương trình chưa được thẩm định đồng ý. Đề nghị chuyển cơ quan thẩm định cho ý kiến trước.",
        "The programme has not been approved in appraisal yet.",
    ),
    Refusal.NOT_A_DRAFT: (
        "Chương trình không còn ở bước dự thảo, nên không thẩm định lại được.",
        "The programme is no longer a draft, so it cannot be appraised again.",
    ),
    Refusal.IN_APPRAISAL: (
        "Chương trình đang chờ thẩm định nên chưa sửa được. Đề nghị rút lại, sửa, rồi gửi thẩm định lần nữa.",
        "The programme is with the appraiser. Take it back to change it, then hand it over again.",
    ),
    Refusal.NOT_IN_APPRAISAL: (
        "Chương trình không ở bước chờ thẩm định, nên không có gì để rút lại.",
        "The programme is not waiting for appraisal.",
    ),
    Refusal.NOTHING_TO_APPRAISE: (
        "Chương trình chưa có cam kết nào. Đề nghị thêm ít nhất một cam kết rồi gửi thẩm định.",
        "The programme has no commitment yet. Add at least one.",
    ),
    Refusal.CHANGED_MEANWHILE: (
        "Người khác vừa lưu thay đổi ở mục này. Chưa có gì bị ghi đè; đề nghị so sánh hai bản rồi lưu.",
        "Somebody else has just saved this. Nothing was overwritten; compare the two texts, then save.",
    ),
    Refusal.UPLOAD_GONE: (
        "Sổ tính xem trước đã hết thời gian chờ hoặc đã được xử lý. Chưa có gì bị ghi; đề nghị nộp lại tệp.",
        "The previewed workbook has expired or was dealt with. Nothing was stored; upload it again.",
    ),
    Refusal.UNIT_IS_SETTLED: (
        "Chương trình đã công bố nên không đổi đơn vị được. Đề nghị dùng chức năng điều động.",
        "The programme was published, so its unit cannot be changed here.",
    ),
    Refusal.NO_OPINION: (
        "Chưa có ý kiến thẩm định. Đề nghị ghi ý kiến bằng văn bản, ít nhất 10 ký tự.",
        "There is no written opinion. Write at least 10 characters.",
    ),
    Refusal.NOT_SUBMITTED: (
        "Chương trình chưa được gửi thẩm định, hoặc người soạn vừa rút lại để sửa. "
        "Đề nghị chờ người soạn gửi rồi thẩm định.",
        "The programme has not been handed over for appraisal, or was taken back.",
    ),
    Refusal.NOT_ALL_APPRAISED: (
        "Còn cam kết chưa có ý kiến thẩm định, hoặc đã sửa sau khi có ý kiến. "
        "Đề nghị cho ý kiến từng cam kết nêu dưới đây rồi kết luận.",
        "Some commitments have no opinion, or changed since. Give one for each named below.",
    ),
    Refusal.NOT_ALL_SOUND: (
        "Còn cam kết được đánh giá chưa phù hợp hoặc chưa khả thi, nên chưa đồng ý được. "
        "Đề nghị trả lại để hoàn thiện, hoặc xem lại ý kiến về các cam kết nêu dưới đây.",
        "Some commitments were found unfit or not feasible. Return the programme, or review those opinions.",
    ),
    Refusal.WARNING_UNANSWERED: (
        "Còn lưu ý của bộ tiêu chí chưa được trả lời bằng văn bản. "
        "Đề nghị trả lời từng lưu ý của các cam kết nêu dưới đây rồi mới đồng ý.",
        "Some warnings have no written answer. Answer each of those named below.",
    ),
    Refusal.NO_VERDICT: (
        "Chưa chọn đánh giá cho cả hai tiêu chí. Đề nghị chọn cho “phù hợp thực tế” và “khả thi”.",
        "A verdict is missing. Choose one for each of the two criteria.",
    ),
    Refusal.PRESENTED_IN_FUTURE: (
        "Ngày hội nghị ở sau ngày hôm nay. Đề nghị ghi nhận sau khi chương trình đã được trình bày.",
        "The conference is dated after today. Record it once the programme was presented.",
    ),
    Refusal.PRESENTED_AFTER: (
        "Chương trình phải được trình bày trước khi hội nghị biểu quyết. "
        "Đề nghị xác nhận đúng trình tự; nếu không đúng trình tự thì không ghi nhận là đã trình bày.",
        "The programme is presented before the conference decides. Confirm the order.",
    ),
    Refusal.PRESENTED_OUT_OF_ORDER: (
        "Hội nghị tập thể lãnh đạo diễn ra sau hội nghị bước 2. Đề nghị kiểm tra lại ngày của hai hội nghị.",
        "The collective-leadership conference follows step 2. Check both dates.",
    ),
    Refusal.NO_DECISION: (
        "Chưa ghi nhận quyết định bổ nhiệm hoặc kết quả bầu cử (số, ngày, cơ quan ban hành), "
        "nên chưa được công khai. Đề nghị bổ sung khi đã có quyết định.",
        "The appointment decision or election result (number, date, issuer) is not recorded yet.",
    ),
    Refusal.DECISION_IN_FUTURE: (
        "Ngày quyết định ở sau ngày hôm nay. Đề nghị kiểm tra lại ngày, "
        "hoặc công bố khi quyết định có hiệu lực.",
        "The decision is dated after today. Check the date or publish when it is in force.",
    ),
    Refusal.NOTHING_PUBLIC: (
        "Không có nội dung nào được đánh dấu công khai. Đề nghị rà soát lại mục Công khai.",
        "Nothing is marked public. Review the disclosure marks.",
    ),
    Refusal.NOT_CLEAR: (
        "Có cam kết chưa đạt tiêu chí “rõ”, nên chưa công khai được. Đề nghị bổ sung các mục nêu dưới đây.",
        "Some commitments do not meet the clarity criteria. Complete what is named below.",
    ),
    Refusal.NOT_PUBLISHED: (
        "Nội dung này chưa được công khai nên không có gì để đính chính hoặc gỡ.",
        "This has not been published, so there is nothing to correct or withdraw.",
    ),
    Refusal.NO_REASON: (
        "Chưa nêu lý do. Đề nghị ghi rõ lý do; lý do này sẽ được công khai.",
        "No reason was given. State it; it will be public.",
    ),
    Refusal.NO_DOCUMENT: (
        "Hạ mục tiêu hoặc lùi thời hạn phải kèm số, ngày văn bản. Đề nghị bổ sung văn bản.",
        "Lowering a target or moving a deadline needs a document (number and date).",
    ),
    Refusal.NOTHING_CHANGED: (
        "Nội dung không khác bản đang công khai, nên không có gì để đính chính.",
        "Nothing differs from the published revision.",
    ),
    Refusal.ALREADY_WITHDRAWN: (
        "Nội dung này đã được gỡ trước đó.",
        "This was taken down before.",
    ),
    Refusal.CHANGED_SINCE_PREVIEW: (
        "Bản thảo đã thay đổi sau khi ông/bà xem trước. Đề nghị xem lại bản mới rồi công bố.",
        "The draft changed after your preview. Look at it again, then publish.",
    ),
    Refusal.SCHEDULED_IN_PAST: (
        "Thời điểm hẹn công bố phải ở sau lúc này. Đề nghị chọn ngày, giờ khác hoặc công bố ngay.",
        "The time must lie ahead. Choose another, or publish now.",
    ),
    Refusal.SCHEDULED_TOO_FAR: (
        "Chỉ hẹn công bố trong vòng 90 ngày. Đề nghị chọn ngày gần hơn.",
        "A publication can be scheduled at most 90 days ahead.",
    ),
    Refusal.ALREADY_SCHEDULED: (
        "Chương trình đang có một lịch hẹn công bố. Đề nghị hủy lịch đó trước.",
        "A publication is scheduled already. Cancel it first.",
    ),
    Refusal.NOT_SCHEDULED: (
        "Chương trình không có lịch hẹn công bố nào đang chờ; lịch có thể đã thực hiện hoặc đã hủy.",
        "No publication is waiting; it may have been carried out or cancelled.",
    ),
    Refusal.SCHEDULE_LAPSED: (
        "Lịch hẹn đã quá 3 ngày mà chưa thực hiện được, nên không tự công bố nữa. "
        "Đề nghị xem trước lại rồi công bố.",
        "The schedule is more than three days old, so nothing goes out by itself. Preview and publish again.",
    ),
    Refusal.NO_SUCH_ENTRY: (
        "Sổ công khai không có mục này thuộc chương trình. Đề nghị chọn lại mục trong danh sách.",
        "The record has no such entry of this programme.",
    ),
    Refusal.ALREADY_ERASED: (
        "Văn bản của mục này đã được xóa trước đó.",
        "The text of this entry was erased before.",
    ),
    Refusal.ALREADY_ASKED: (
        "Đang có một đề nghị xóa chờ xác nhận cho chương trình này. "
        "Đề nghị xác nhận hoặc từ chối đề nghị đó trước.",
        "An erasure of this programme is waiting already. Confirm or decline it first.",
    ),
    Refusal.NOT_ASKED: (
        "Không có đề nghị xóa nào đang chờ; đề nghị có thể đã được xác nhận hoặc từ chối.",
        "No erasure is waiting; it may have been confirmed or declined.",
    ),
    Refusal.ALREADY_REPORTED: (
        "Ngày này đã có báo cáo. Đề nghị chọn “Đính chính” ở báo cáo đó, hoặc ghi ngày khác.",
        "There is a report for this day already. Correct that one, or give another day.",
    ),
    Refusal.REPORTED_IN_FUTURE: (
        "Ngày ghi ở sau ngày hôm nay. Chỉ báo cáo việc đã diễn ra; đề nghị kiểm tra lại ngày.",
        "The day lies ahead. Only what has happened can be reported.",
    ),
    Refusal.ENDS_BEFORE_IT_BEGINS: (
        "Ngày kết thúc ở trước ngày bắt đầu. Đề nghị kiểm tra lại hai ngày.",
        "It ends before it begins. Check both days.",
    ),
    Refusal.FIGURE_MISSING: (
        "Chưa ghi giá trị. Đề nghị nhập số; nếu chưa có số liệu hoặc nguồn chưa kết nối, chọn đúng mục đó.",
        "A value is missing. Enter it, or say that there is no data or that the source is not connected.",
    ),
    Refusal.FIGURE_TOO_MANY: (
        "Đã ghi giá trị nhưng lại chọn chưa có số liệu hoặc chưa kết nối. Đề nghị giữ một trong hai.",
        "A value was given together with a word that says none exists. Keep one of them.",
    ),
    Refusal.NO_CONFIRMATION: (
        "Xác nhận phải ghi đủ cơ quan và số, ngày văn bản. Đề nghị bổ sung.",
        "A confirmation needs both a body and a document (number and date).",
    ),
    Refusal.EVIDENCE_MISSING: (
        "Một tệp minh chứng không còn nguyên vẹn trong kho, nên chưa công bố được. "
        "Đề nghị người soạn bỏ tệp đó và tải lên lại.",
        "An evidence file is no longer intact in the store. Remove it and upload it again.",
    ),
    Refusal.EVIDENCE_KNOWN: (
        "Tệp này đã có trong minh chứng của cam kết. Đề nghị xem lại danh sách minh chứng.",
        "This file is among the commitment's evidence already.",
    ),
    Refusal.EVIDENCE_IS_PUBLIC: (
        "Tệp đang công khai nên chưa xóa được. Đề nghị bỏ dấu công khai, công bố, rồi xóa.",
        "The file is public. Take off its public mark, publish, then remove it.",
    ),
    **ACCOUNTS,
    **AFTERWARDS,
    **EVALUATION,
    **MODERATION,
    **REPLIES,
    **MONTHS_AND_JOBS,
}


def sentence(refused: Refused) -> str:
    """The Vietnamese sentence for a refusal, with what it concerns."""
    text = WORDING[refused.refusal][0]
    return f"{text}\n{refused.detail}" if refused.detail else text


def english_sentence(refused: Refused) -> str:
    """The English sentence for a refusal, with what it concerns."""
    text = WORDING[refused.refusal][1]
    return f"{text}\n{refused.detail}" if refused.detail else text
